import type { RouterConfig, SpendAmounts } from '../../../../lib/contract';
import { amountProblem } from '../../../../lib/contract/governance/spend-problems';
import { type ModelCatalog, resolveModels } from '../../../../lib/catalog/resolve';
import { unpricedModels } from '../../../../lib/catalog/unpriced';
import { unknown } from '../unknown-names';

/** Limits that could not be kept: of models that nobody knows, or that nobody knows the price of. */
export function spendProblems(config: RouterConfig): string[] {
  const { spend, clients = [] } = config;
  const named = amountsOf(config).flatMap(([at, amounts]) => {
    const problem = amountProblem(amounts);
    return problem === undefined ? [] : [`${at}: ${problem}`];
  });
  const isLimited = spend !== undefined || clients.some((client) => client.spend !== undefined);
  if (!isLimited) return named;
  const catalog = catalogOf(config.models);
  if (catalog === undefined) return named;
  const models = catalog.models.flatMap(({ id, aliases }) => [id, ...aliases]);
  return [
    ...named,
    ...unknown('spend.models', 'model', Object.keys(spend?.models ?? {}), models),
    ...(spend?.unknownPrice === 'free' ? [] : unpricedModels(config, catalog)).map(
      ({ at, model }) => `${at}: "${model}" has no list price, ${WHAT_TO_DO}`,
    ),
  ];
}

function amountsOf({ spend = {}, clients = [] }: RouterConfig): [at: string, amounts: SpendAmounts][] {
  const { perTeam, perUser, models = {} } = spend;
  return [
    ['spend', spend],
    ['spend.perTeam', perTeam ?? {}],
    ['spend.perUser', perUser ?? {}],
    ...Object.entries(models).map(([model, amounts]): [string, SpendAmounts] => [`spend.models.${model}`, amounts]),
    ...clients.flatMap(({ spend: own }, index): [string, SpendAmounts][] =>
      own === undefined
        ? []
        : [
            [`clients[${index}].spend`, own],
            [`clients[${index}].spend.perUser`, own.perUser ?? {}],
            // A user's id may say who it is.
            ...Object.values(own.users ?? {}).map((each): [string, SpendAmounts] => [
              `clients[${index}].spend.users`,
              each,
            ]),
          ],
    ),
  ];
}

const WHAT_TO_DO =
  'so that nobody could say what it costs; give its "prices" where its host takes them, take it out, or let it be free with "spend": { "unknownPrice": "free" }';

/** What is wrong with the models is told elsewhere. */
function catalogOf(models: RouterConfig['models']): ModelCatalog | undefined {
  try {
    return resolveModels(models);
  } catch {
    return undefined;
  }
}

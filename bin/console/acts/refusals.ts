import type { OverrideEntry, RouterConfig, StackDescription } from '../../../lib/contract';
import { errorText } from '../../../lambda/runtime/error-text';
import { checkHost } from '../../cli/known-names';
import { checkOther } from '../../cli/region-drill';
import { OPERATOR_KEY } from '../../cli/spend/operator-access';
import type { Act } from '../../../console/source';
import type { LinkNow } from '../../../console/view/now';
import { scopeIn } from './spend-scope';

/** What has to be known to say that an act cannot be done. */
export interface Standing {
  readonly stack: StackDescription;
  readonly config: RouterConfig;
  overrides(): Promise<readonly OverrideEntry[]>;
  links(): Promise<readonly LinkNow[]>;
}

type Check<Kind extends Act['act']> = (act: Extract<Act, { act: Kind }>, standing: Standing) => unknown;

/** Each throws where its act makes no sense, or would hurt clients. */
const CHECKS: { readonly [Kind in Act['act']]: Check<Kind> } = {
  drain: known,
  undrain: known,
  drill: async (act, standing) => {
    known(act, standing);
    const links = await standing.links();
    if (links.some((link) => link.host !== act.host && isWell(link))) return;
    throw new Error(`no other host is well, so that clients would feel a drill of ${act.host}`);
  },
  weight: async (act, standing) => {
    known(act, standing);
    const set = await standing.overrides();
    const own = set.find(({ host }) => host === act.host);
    if (own !== undefined && own.action !== 'weight')
      throw new Error(`${act.host} is in a ${own.action}, which a weight would end; take that back first`);
    const others = set.filter(({ host, action }) => action === 'weight' && host !== act.host);
    const sum = others.reduce((all, { percent = 0 }) => all + percent, act.percent);
    if (sum > 100) throw new Error(`with the weights of the other hosts that would be ${sum} percent of 100`);
    if (sum < 100 && others.length + 1 === standing.config.hosts.length)
      throw new Error(`that would be ${sum} percent of 100, and no host without a weight is left for the rest`);
  },
  'region-out': (_, { stack }) => {
    if (stack.pair === undefined)
      throw new Error(`the gateway in ${stack.region} is alone: there is no other region to go to`);
    return checkOther(stack.pair, stack.url);
  },
  'region-in': (_, { stack }) => {
    if (stack.pair === undefined) throw new Error(`the gateway in ${stack.region} is alone, and is always in`);
  },
  'spend-limit': (act, { config }) => {
    scopeIn(act.scope);
    if (config.spend === undefined && !config.clients?.some(({ spend }) => spend !== undefined))
      throw new Error('this gateway counts no spend: give it a spend limit in its configuration first, and deploy');
    if (!process.env[OPERATOR_KEY])
      throw new Error(
        `start the console with ${OPERATOR_KEY}, the key of a team with "operator": true, to set spend limits`,
      );
  },
  'rotate-key': ({ client }, { config }) => {
    const names = (config.clients ?? []).map(({ name }) => name);
    if (!names.includes(client)) throw new Error(`there is no team ${client}; the teams are ${names.join(', ')}`);
    throw new Error(
      `a key is rotated by a deployment: API Gateway changes no key's value, and the router knows a team by its key, so that one made ` +
        `beside it would be served without the team's limits and policy. Give the configuration a second team, '${client}-next', with ` +
        `the same settings, deploy, hand over its key, and take '${client}' out once its requests on this page have ended`,
    );
  },
};

/** Why an act cannot be done here; undefined where it can. */
export async function refusalOf(act: Act, standing: Standing): Promise<string | undefined> {
  try {
    await (CHECKS[act.act] as Check<Act['act']>)(act as never, standing);
    return undefined;
  } catch (error) {
    return errorText(error);
  }
}

function known({ host }: { readonly host: string }, { config }: Standing): void {
  checkHost(
    host,
    config.hosts.map(({ name }) => name),
  );
}

const isWell = ({ models, override }: LinkNow): boolean =>
  (override === undefined || override.action === 'weight') &&
  models.every(({ state }) => state === 'healthy' || state === 'ramping');

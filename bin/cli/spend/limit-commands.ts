import { Command } from 'commander';
import type { StackOptions } from '../find-stack';
import { regionOption, stackOption } from '../stack-option';
import { removeLimit, setLimit, usd } from './change-limit';
import { cents, limitOptions } from './limit-options';
import { type LimitOptions, scopeOf, scopeText } from './limit-scope';
import { all, openSpendLimits } from './operator-access';

const ofGateway = (name: string, description: string): Command =>
  new Command(name).description(description).addOption(stackOption()).addOption(regionOption());

function ofLimit(name: string, description: string): Command {
  const command = ofGateway(name, description);
  for (const option of limitOptions()) command.addOption(option);
  return command;
}

/** Of `claude-failover spend`. */
export const limitCommands = (): Command[] => [
  ofGateway('limits', 'list the spend limits, of the configuration and of operators').action(
    async (options: StackOptions) => {
      const { limits } = await openSpendLimits(options);
      for (const { scope, amount, period, created_at } of await all(limits.list({ limit: 1000 }))) {
        const from = Date.parse(created_at) === 0 ? 'configuration' : `operator, ${created_at.slice(0, 10)}`;
        console.log(`${scopeText(scope)}: ${usd(amount)} ${period} (${from})`);
      }
    },
  ),
  ofGateway('show', 'what has been spent in the windows that run, and what is left').action(
    async (options: StackOptions) => {
      const { effective } = await openSpendLimits(options);
      for (const { scope, amount, period, period_to_date_spend: spent } of await all(effective.list({ limit: 1000 }))) {
        console.log(`${scopeText(scope)}: ${usd(spent)} of ${usd(amount)} ${period}`);
      }
    },
  ),
  ofLimit('set', 'set a limit; it holds beside what the configuration says')
    .argument('<usd>', 'USD in the period', cents)
    .action(async (amount: string, options: StackOptions & LimitOptions) => {
      const { limits } = await openSpendLimits(options);
      console.log(await setLimit(limits, { scope: scopeOf(options), period: options.period }, amount));
    }),
  ofLimit('remove', 'take a limit away that an operator has set').action(
    async (options: StackOptions & LimitOptions) => {
      const { limits } = await openSpendLimits(options);
      console.log(await removeLimit(limits, { scope: scopeOf(options), period: options.period }));
    },
  ),
];

import { Command } from 'commander';
import { checkHost } from '../known-names';
import { duration } from '../duration';
import { openGateway } from '../gateway-access';
import { openOverrideStore } from '../override-store';
import { findStack, type StackOptions } from '../find-stack';
import { regionOption, stackOption } from '../stack-option';

export const drainCommand = (): Command =>
  new Command('drain')
    .description('take a host out of every chain; it comes back by itself')
    .argument('<host>', 'the host')
    .option('--for <time>', 'for how long', duration, duration('1h'))
    .addOption(stackOption())
    .addOption(regionOption())
    .action(async (host: string, options: StackOptions & { readonly for: number }) => {
      const { stack } = await findStack(options);
      checkHost(host, (await openGateway(stack)).hosts);
      const until = Date.now() + options.for;
      await openOverrideStore(stack).set({ host, action: 'drain', until });
      console.log(`${host} takes no requests until ${new Date(until).toISOString()}; routers see it within seconds`);
    });

export const undrainCommand = (): Command =>
  new Command('undrain')
    .description('end a drain or a drill at once')
    .argument('<host>', 'the host')
    .addOption(stackOption())
    .addOption(regionOption())
    .action(async (host: string, options: StackOptions) => {
      const { stack } = await findStack(options);
      await openOverrideStore(stack).clear(host);
      console.log(`${host} takes requests again; routers see it within seconds`);
    });

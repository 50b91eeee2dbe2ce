import { Command, InvalidArgumentError, Option } from 'commander';
import { regionOption } from './stack-option';

/** Beside the bundle of this. */
const PAGE = new URL('../../console/dist/', import.meta.url);

interface ConsoleOptions {
  readonly stack: readonly string[];
  readonly region?: string;
  readonly port: number;
  readonly operate?: boolean;
  readonly open: boolean;
}

export const consoleCommand = (): Command =>
  new Command('console')
    .description('look at deployed gateways in a browser, with your own AWS credentials; nothing is deployed for it')
    .addOption(
      new Option('-s, --stack <names...>', "the gateways' CloudFormation stacks; of two regions one is enough").default(
        ['ClaudeFailover'],
        'ClaudeFailover',
      ),
    )
    .addOption(regionOption())
    .option('--port <number>', 'port on 127.0.0.1', port, 0)
    .option('--operate', 'act as well: drain, drill, weights, region, spend limits; without it, it only looks')
    .option('--no-open', 'print the address and open no browser')
    .addHelpText('after', '\nIt looks at AWS for less than 0.05 USD an hour while the page is open: docs/console.md.')
    .action(async ({ operate = false, ...options }: ConsoleOptions) => {
      const { openConsole } = await import('../console/open-console');
      await openConsole({ ...options, operate, page: PAGE });
    });

function port(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= 65_535) return value;
  throw new InvalidArgumentError(`'${text}' is no port: give 0 to 65535, of which 0 is any that is free`);
}

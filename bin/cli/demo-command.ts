import { Command } from 'commander';

/** What `npm start` runs in a clone: it is a bundle of its own, so that no other command loads a simulated host. */
const START = new URL('../../local/dist/start.mjs', import.meta.url);

export const demoCommand = (): Command =>
  new Command('demo')
    .description('a gateway with four simulated hosts, live traffic, and a page that breaks them; demo --help')
    .helpOption(false)
    .allowUnknownOption()
    .argument('[options...]')
    .action(async (options: readonly string[]) => {
      process.argv.splice(2, Infinity, ...options);
      await import(START.href);
    });

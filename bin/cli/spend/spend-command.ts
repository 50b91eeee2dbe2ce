import { Command } from 'commander';
import { reportCommand } from './report/report-command';

/** What tokens cost, and what they may. */
export const spendCommand = (): Command =>
  new Command('spend').description('what tokens have cost').addCommand(reportCommand());

import { Command } from 'commander';
import { limitCommands } from './limit-commands';

export function spendCommand(): Command {
  const command = new Command('spend').description('what may be spent, and what has been');
  for (const each of limitCommands()) command.addCommand(each);
  return command;
}

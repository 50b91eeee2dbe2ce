import { InvalidArgumentError, Option } from 'commander';
import { SPEND_PERIODS } from '../../../lib/contract';

export const limitOptions = (): Option[] => [
  new Option('--team <name>', 'of this team; without it, of the whole gateway'),
  new Option('--user <id>', 'of this user of the team'),
  new Option('--model <id>', 'of this model'),
  new Option('--period <period>', 'after which it starts anew').choices(SPEND_PERIODS).default('monthly'),
];

/** Whole cents of an amount of USD. */
export function cents(text: string): string {
  const value = Number(text);
  if (/^\d+(\.\d{1,2})?$/.test(text) && value <= 1e9) return String(Math.round(value * 100));
  throw new InvalidArgumentError('give USD, such as 500 or 12.50.');
}

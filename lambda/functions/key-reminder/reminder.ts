import type { KeyAgeLimit } from '../../../lib/contract';

const DAY_MS = 86_400_000;
const REMIND_EVERY_DAYS = 7;

/** What Secrets Manager says of a secret, without its value. */
export interface SecretFacts {
  readonly name: string;
  /** When the current value was put there, in milliseconds. */
  readonly since: number;
  /** No value was ever put there but the first. */
  readonly isFirstValue: boolean;
}

export const isOverdue = (key: KeyAgeLimit, { since }: SecretFacts, now: number): boolean =>
  now - since >= key.days * DAY_MS;

/** What to tell the owners today, or undefined: of a missing key daily, of an old one on the day it is due and weekly from then on. */
export function reminder(
  key: KeyAgeLimit,
  { name, since, isFirstValue }: SecretFacts,
  now: number,
): string | undefined {
  const command = `  aws secretsmanager put-secret-value --secret-id ${key.secretArn} --secret-string <key>`;
  if (key.startsAsPlaceholder && isFirstValue) {
    return `${name} still has its placeholder, so its host is out of use. Put the real key there:\n${command}`;
  }
  const age = Math.floor((now - since) / DAY_MS);
  if (age < key.days || (age - key.days) % REMIND_EVERY_DAYS !== 0) return undefined;
  return (
    `${name} is ${age} days old; it is to be rotated after ${key.days}. Make a new key at its host, put it there:\n` +
    `${command}\nand revoke the old one: a router that is refused reads the new key at once.`
  );
}

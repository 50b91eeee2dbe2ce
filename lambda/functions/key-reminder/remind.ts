import type { KeyAgeLimit } from '../../../lib/contract';
import { errorText } from '../../runtime/error-text';
import { isOverdue, reminder, type SecretFacts } from './reminder';

export interface ReminderDeps {
  readonly keys: readonly KeyAgeLimit[];
  readonly now: number;
  read(secretArn: string): Promise<SecretFacts>;
  notify(subject: string, text: string): Promise<void>;
  /** For the alarm that stays until they are rotated. */
  publishOverdue(keys: number): void;
}

/** One notice for all keys, where there is anything to say. A secret that cannot be read does not hide the others. */
export async function remind({ keys, now, read, notify, publishOverdue }: ReminderDeps): Promise<void> {
  let overdue = 0;
  const texts = await Promise.all(
    keys.map(async (key) => {
      try {
        const facts = await read(key.secretArn);
        if (isOverdue(key, facts, now)) overdue += 1;
        return reminder(key, facts, now);
      } catch (error) {
        return `${key.secretArn} could not be looked at: ${errorText(error)}`;
      }
    }),
  );
  // Daily, also between two notices: the alarm stays on until the keys are rotated.
  publishOverdue(overdue);
  const due = texts.filter((text) => text !== undefined);
  if (due.length > 0) await notify('Claude failover: keys to look after', due.join('\n\n'));
}

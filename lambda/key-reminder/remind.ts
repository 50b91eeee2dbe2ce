import type { KeyAgeLimit } from '../../lib/contract';
import { errorText } from '../shared/error-text';
import { reminder, type SecretFacts } from './reminder';

export interface ReminderDeps {
  readonly keys: readonly KeyAgeLimit[];
  readonly now: number;
  read(secretArn: string): Promise<SecretFacts>;
  notify(subject: string, text: string): Promise<void>;
}

/** One notice for all keys, where there is anything to say. A secret that cannot be read does not hide the others. */
export async function remind({ keys, now, read, notify }: ReminderDeps): Promise<void> {
  const texts = await Promise.all(
    keys.map(async (key) => {
      try {
        return reminder(key, await read(key.secretArn), now);
      } catch (error) {
        return `${key.secretArn} could not be looked at: ${errorText(error)}`;
      }
    }),
  );
  const due = texts.filter((text) => text !== undefined);
  if (due.length > 0) await notify('Claude failover: keys to look after', due.join('\n\n'));
}

import fc from 'fast-check';
import { readSecretFacts } from '../../../lambda/functions/key-reminder/read-secret-facts';
import { remind } from '../../../lambda/functions/key-reminder/remind';
import { reminder, type SecretFacts } from '../../../lambda/functions/key-reminder/reminder';
import type { KeyAgeLimit } from '../../../lib/contract';
import { json, recordingServer, type RecordingServer } from '../../hosts/recording-server';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 10, 21, 9);
const ARN = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:Key-AbCdEf';
const limit: KeyAgeLimit = { secretArn: ARN, days: 90, startsAsPlaceholder: true };

const aged = (days: number, facts: Partial<SecretFacts> = {}): SecretFacts => ({
  name: 'Key',
  since: NOW - days * DAY_MS,
  isFirstValue: false,
  ...facts,
});

describe('a key', () => {
  it.each([0, 1, 89])('of %d days is nobody’s business', (days) => {
    expect(reminder(limit, aged(days), NOW)).toBeUndefined();
  });

  it('that is due is named, with its age, the limit and the command', () => {
    const text = reminder(limit, aged(90), NOW);
    expect(text).toContain('Key is 90 days old; it is to be rotated after 90.');
    expect(text).toContain(`aws secretsmanager put-secret-value --secret-id ${ARN}`);
  });

  it('that stays old is named once in any seven days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 90, max: 4000 }), (first) => {
        const days = Array.from({ length: 7 }, (_, index) => reminder(limit, aged(first + index), NOW));
        return days.filter((text) => text !== undefined).length === 1;
      }),
    );
  });

  it('that was never put there is asked for every day', () => {
    for (const days of [0, 1, 2, 400]) {
      expect(reminder(limit, aged(days, { isFirstValue: true }), NOW)).toContain('still has its placeholder');
    }
  });

  it('of an imported secret is never taken for a placeholder', () => {
    const imported = { ...limit, startsAsPlaceholder: false };
    expect(reminder(imported, aged(1, { isFirstValue: true }), NOW)).toBeUndefined();
  });
});

describe('the notice', () => {
  const notices: string[] = [];
  const notify = async (_: string, text: string): Promise<void> => void notices.push(text);
  let overdue: number | undefined;
  const publishOverdue = (keys: number): void => void (overdue = keys);
  beforeEach(() => {
    notices.splice(0);
    overdue = undefined;
  });

  it('is one for all keys that are due', async () => {
    const keys = [limit, { ...limit, secretArn: `${ARN}2` }];
    await remind({ keys, now: NOW, notify, publishOverdue, read: async () => aged(90) });
    expect(notices).toHaveLength(1);
    expect(notices[0]?.match(/is 90 days old/g)).toHaveLength(2);
  });

  it('is not sent where there is nothing to say', async () => {
    await remind({ keys: [limit], now: NOW, notify, publishOverdue, read: async () => aged(3) });
    expect(notices).toEqual([]);
  });

  it.each([
    ['as long as they are old, not only on the days on which they are named', 93, 2],
    ['and not before', 89, 0],
  ])('counts the keys that are overdue %s', async (_, days, count) => {
    const keys = [limit, { ...limit, secretArn: `${ARN}2` }];
    await remind({ keys, now: NOW, notify, publishOverdue, read: async () => aged(days) });
    expect(overdue).toBe(count);
  });

  it('tells of a secret that cannot be looked at, and of the others all the same', async () => {
    const read = async (arn: string): Promise<SecretFacts> => {
      if (arn !== ARN) throw new Error('secretsmanager answered 400: ResourceNotFoundException');
      return aged(97);
    };
    await remind({ keys: [{ ...limit, secretArn: 'gone' }, limit], now: NOW, notify, publishOverdue, read });
    expect(notices[0]).toContain('gone could not be looked at: secretsmanager answered 400: ResourceNotFoundException');
    expect(notices[0]).toContain('Key is 97 days old');
  });
});

describe('the dates of a secret', () => {
  let secrets: RecordingServer;
  beforeEach(async () => (secrets = await recordingServer()));
  afterEach(() => secrets.close());
  const read = (): Promise<SecretFacts> =>
    readSecretFacts(ARN, { AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 's', AWS_ENDPOINT_URL: secrets.url });
  const put = { VersionId: 'b', VersionStages: ['AWSCURRENT'], CreatedDate: 1_790_000_000.5 };
  const before = { VersionId: 'a', VersionStages: ['AWSPREVIOUS'], CreatedDate: 1_780_000_000 };

  it('are those of its current value, asked for in the region of the secret', async () => {
    secrets.reply = json({ ARN, Name: 'Key', Versions: [before, put] });
    expect(await read()).toEqual({ name: 'Key', since: 1_790_000_000_500, isFirstValue: false });
    const [request] = secrets.requests;
    expect(request?.headers['x-amz-target']).toBe('secretsmanager.ListSecretVersionIds');
    expect(request?.headers.authorization).toContain('/eu-central-1/secretsmanager/aws4_request');
    expect(JSON.parse(String(request?.body))).toEqual({ SecretId: ARN });
  });

  it('show whether a value was ever put there', async () => {
    secrets.reply = json({ ARN, Name: 'Key', Versions: [put] });
    expect((await read()).isFirstValue).toBe(true);
  });

  it('are missing where there is no value', async () => {
    secrets.reply = json({ ARN, Name: 'Key', Versions: [] });
    await expect(read()).rejects.toThrow('secret Key has no current value');
  });
});

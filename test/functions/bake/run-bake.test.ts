import { runBake } from '../../../lambda/functions/bake/run-bake';

const EVENT = { DeploymentId: 'd-1', LifecycleEventHookExecutionId: 'e-1' };

/** Ten minutes of looks, each of which sees what `paging` gives for its minute. */
async function baked(paging: (minute: number) => string[]) {
  let now = 0;
  const reported: unknown[] = [];
  const lines: object[] = [];
  const status = await runBake(EVENT, {
    minutes: 10,
    now: () => now,
    sleep: async (ms) => void (now += ms),
    paging: async () => paging(now / 60_000),
    report: async (event, told) => void reported.push([event.DeploymentId, told]),
    log: (line) => lines.push(line),
  });
  expect(reported).toEqual([['d-1', status]]);
  return { status, minutes: now / 60_000, lines };
}

it('a deployment ends well once no alarm has paged for the whole time', async () => {
  expect(await baked(() => [])).toEqual({ status: 'Succeeded', minutes: 10, lines: [] });
});

it('an alarm that pages ends it at once, and the log names it', async () => {
  const { status, minutes, lines } = await baked((minute) => (minute >= 4 ? ['Gateway/Alarms/ServiceDown'] : []));
  expect([status, minutes]).toEqual(['Failed', 4]);
  expect(lines).toMatchObject([{ level: 'ERROR', alarms: ['Gateway/Alarms/ServiceDown'] }]);
});

it('one look that fails is made up for by the next, and the last one has to succeed', async () => {
  const fails = (when: (minute: number) => boolean) => (minute: number) => {
    if (when(minute)) throw new Error('throttled');
    return [];
  };
  expect(await baked(fails((minute) => minute === 3))).toMatchObject({
    status: 'Succeeded',
    lines: [{ level: 'WARN' }],
  });
  expect((await baked(fails((minute) => minute >= 8))).status).toBe('Failed');
});

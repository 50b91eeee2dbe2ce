import { HOSTILE_CLIENTS } from '../../../bench/incidents/catalogue/hostile-clients';
import { naive } from '../../../bench/incidents/policies/naive';
import { serve } from '../../../bench/incidents/policies/router';
import { runHostile } from '../../../bench/incidents/run-hostile';

const MINUTES = 0.3;
const hostile = (id: string) => HOSTILE_CLIENTS.find((each) => each.id === id)!;

it.each(HOSTILE_CLIENTS.map((each) => [each.title, each] as const))(
  'finds no trace among the others of a client that a policy without memory has served: %s',
  async (_, hostility) => {
    const { records, changed } = await runHostile(hostility, naive, MINUTES);
    expect(records.length).toBeGreaterThan(100);
    expect({ changed, failed: records.filter(({ delivered }) => !delivered).length }).toEqual({
      changed: 0,
      failed: 0,
    });
  },
);

it('compares with the same requests of the others, and not with those of the hostile one', async () => {
  const { records } = await runHostile(hostile('leaves'), serve, MINUTES);
  expect(records.some(({ conversation }) => conversation % 50 === 49)).toBe(false);
  expect(records.every(({ status }) => status === 200)).toBe(true);
});

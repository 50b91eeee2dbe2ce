import { prices } from '../../../docs/prices.json';
import { HOUR_USD, pollingOf } from '../../../bin/console/polling';
import { Meter, USD } from '../../../bin/console/prices';
import { asksOfNow } from '../../../bin/console/now/traffic';
import { remembered } from '../../../bin/console/remembered';

const hosts = (count: number): string[] => Array.from({ length: count }, (_, index) => `host-${index}`);
const metricsOf = (count: number): number => asksOfNow(hosts(count)).length;

test.each([
  [1, 1],
  [4, 1],
  [4, 2],
  [12, 1],
  [40, 4],
  [4, 20],
])('a page open on gateways with %i hosts each, %i of them, costs less than 0.05 USD an hour', (of, gateways) => {
  const polling = pollingOf(metricsOf(of), gateways);
  expect(polling.hourUsd * gateways).toBeLessThan(HOUR_USD);
  expect(polling.hourUsd).toBeGreaterThan(0);
});

test('the hourly figure is the sum of what is asked, at the prices of docs/prices.json', () => {
  const metrics = metricsOf(4);
  const { tableMs, canaryMs, reportMs, alarmsMs, metricsMs, reasonsHourUsd, hourUsd } = pollingOf(metrics, 1);
  const { metricRead, tableRead, apiRequest, lambdaRequest, lambdaGbSecond } = prices;
  const each = ({ usd, per }: { readonly usd: number; readonly per: number }): number => usd / per;
  const times = (everyMs: number): number => 3_600_000 / everyMs;
  const sum =
    (times(tableMs) + times(canaryMs)) * 8 * each(tableRead) +
    times(reportMs) * (each(apiRequest) + each(lambdaRequest) + 0.1 * each(lambdaGbSecond)) +
    times(alarmsMs) * (0.01 / 1000) +
    times(metricsMs) * metrics * each(metricRead) +
    reasonsHourUsd;
  expect(hourUsd).toBeCloseTo(sum, 10);
  expect(USD.scannedGb).toBe(each(prices.logScannedGb));
  expect([tableMs, metricsMs]).toEqual([5000, 60_000]);
  expect(metrics).toBe(19);
});

test('many hosts or gateways are read more rarely, none more often', () => {
  const [few, many] = [pollingOf(metricsOf(4), 1), pollingOf(metricsOf(40), 6)];
  expect(many.metricsMs).toBeGreaterThan(few.metricsMs);
  expect(many.tableMs).toBeGreaterThan(few.tableMs);
});

test('what was read is told again for a while, to all who ask meanwhile as well; a failure is not', async () => {
  let [time, asked] = [0, 0];
  const read = remembered(
    100,
    () => {
      asked += 1;
      return asked === 3 ? Promise.reject(new Error('no')) : Promise.resolve(asked);
    },
    () => time,
  );
  expect(await Promise.all([read(), read()])).toEqual([1, 1]);
  time = 100;
  expect(await read()).toBe(2);
  time = 200;
  await expect(read()).rejects.toThrow('no');
  expect(await read()).toBe(4);
});

test('a meter adds up', () => {
  const meter = new Meter();
  meter.charge(0.1);
  meter.charge(0.2);
  expect(meter.spentUsd).toBeCloseTo(0.3);
});

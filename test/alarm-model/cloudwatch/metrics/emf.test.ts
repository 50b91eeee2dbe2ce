import { takeEmfLine } from './emf';
import { MetricStore, type MetricId } from './metric-store';

const AT = 1_700_000_000_000;

function line(over: object = {}, directive: object = {}): string {
  return JSON.stringify({
    _aws: {
      Timestamp: AT,
      CloudWatchMetrics: [
        {
          Namespace: 'N',
          Dimensions: [['service', 'Host'], ['service']],
          Metrics: [{ Name: 'Time', Unit: 'Milliseconds' }, { Name: 'Count' }],
          ...directive,
        },
      ],
    },
    service: 's',
    Host: 'h',
    Time: [4, 5],
    Count: 1,
    ...over,
  });
}

function taken(text: string): (name: string, dimensions: MetricId['dimensions']) => readonly number[] {
  const store = new MetricStore();
  takeEmfLine(text, store);
  return (name, dimensions) => store.values({ namespace: 'N', name, dimensions }, AT, AT + 1);
}

test('each dimension set is a metric of its own, and an array holds several values', () => {
  const values = taken(line());
  expect(values('Time', { Host: 'h', service: 's' })).toEqual([4, 5]);
  expect(values('Time', { service: 's' })).toEqual([4, 5]);
  expect(values('Count', { service: 's' })).toEqual([1]);
  expect(values('Count', { Host: 'h' })).toEqual([]);
  expect(values('Count', {})).toEqual([]);
});

test('an empty dimension set is the metric without dimensions', () => {
  expect(taken(line({}, { Dimensions: [[]] }))('Count', {})).toEqual([1]);
});

test.each(['{"level":"INFO","message":"request"}', 'START RequestId: 1', ''])('"%s" has no metrics', (text) => {
  expect(() => takeEmfLine(text, new MetricStore())).not.toThrow();
});

test.each([
  ['a metric without its value', line({ Count: undefined })],
  ['a value that is no number', line({ Count: '1' })],
  ['more than 100 values', line({ Time: Array.from({ length: 101 }, () => 1) })],
  ['a dimension without its value', line({ Host: undefined })],
  ['a dimension that is no text', line({ Host: 3 })],
  ['no dimension set', line({}, { Dimensions: [] })],
  ['no timestamp', JSON.stringify({ _aws: { CloudWatchMetrics: [] } })],
])('a line with %s would be dropped by CloudWatch and throws', (_, text) => {
  expect(() => takeEmfLine(text, new MetricStore())).toThrow('CloudWatch would drop this EMF line');
});

import type { Incident } from '../incident';
import { always, error, flapping, share } from '../world/script';

/** Ten minutes of the hour, beginning with the eleventh. */
const TEN_MINUTES = [1 / 6, 2 / 6] as const;
const HALF_AN_HOUR = [1 / 6, 4 / 6] as const;

const overloaded = (percent: number): Pick<Incident, 'id' | 'title' | 'hosts'> => ({
  id: `overloaded-${percent}`,
  title: `${percent} % of the requests 529`,
  hosts: { anthropic: share(percent / 100, error('overloaded')) },
});
const NONE_FAILS = { figure: 'failed', atMost: 0 } as const;
const FEW_ATTEMPTS = { figure: 'attempts', atMost: 1.3 } as const;

export const OUTAGES: readonly Incident[] = [
  { ...overloaded(1), targets: [NONE_FAILS, { figure: 'left', atMost: 0.03 }] },
  { ...overloaded(10), targets: [NONE_FAILS, FEW_ATTEMPTS] },
  { ...overloaded(30), targets: [NONE_FAILS, FEW_ATTEMPTS] },
  {
    id: 'streams-cut',
    title: 'every stream cut after content for 10 minutes',
    span: TEN_MINUTES,
    hosts: { anthropic: always({ kind: 'cut', afterTokens: 40 }) },
    targets: [{ figure: 'failedKnowing', atMost: 5 }],
  },
  {
    id: 'first-three-down',
    title: 'first three hosts down for 10 minutes, each in its own way',
    span: TEN_MINUTES,
    hosts: {
      anthropic: always({ kind: 'refused' }),
      'bedrock-a': always(error('server-error')),
      'bedrock-b': always(error('unavailable')),
    },
    targets: [NONE_FAILS],
  },
  {
    id: 'all-down',
    title: 'all hosts down for 10 minutes',
    span: TEN_MINUTES,
    hosts: {
      anthropic: always(error('overloaded')),
      'bedrock-a': always(error('server-error')),
      'bedrock-b': always(error('unavailable')),
      vertex: always({ kind: 'refused' }),
    },
    targets: [
      { figure: 'attemptsPerHost', atMost: 1.2 },
      { figure: 'failedAfterwards', atMost: 0 },
    ],
  },
  {
    id: 'flapping',
    title: 'primary flaps for 30 minutes, 20 s down and 20 s up',
    span: HALF_AN_HOUR,
    hosts: { anthropic: flapping(20, error('unavailable')) },
    targets: [NONE_FAILS, { figure: 'attempts', atMost: 1.1 }],
  },
  {
    id: 'slow-3',
    title: 'first tokens at 3x for 30 minutes',
    span: HALF_AN_HOUR,
    hosts: { anthropic: always({ kind: 'slow', factor: 3 }) },
    targets: [NONE_FAILS, { figure: 'left', atMost: 0.01 }],
  },
  {
    id: 'slow-20',
    title: 'first tokens at 20x for 30 minutes',
    span: HALF_AN_HOUR,
    hosts: { anthropic: always({ kind: 'slow', factor: 20 }) },
    targets: [NONE_FAILS, { figure: 'leftAfter', atMost: 30 }],
  },
  {
    id: 'quota',
    title: 'region of the primary down for 30 minutes, its fallback takes half the load',
    chain: ['bedrock-a', 'bedrock-b'],
    span: HALF_AN_HOUR,
    hosts: { 'bedrock-a': always(error('unavailable')) },
    quotas: { 'bedrock-b': 0.5 },
    targets: [
      { figure: 'served', atLeast: 0.97 },
      { figure: 'untrue', atMost: 0 },
    ],
  },
];

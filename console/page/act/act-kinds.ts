import type { Act } from '../../source';

export interface ActField {
  readonly name: 'host' | 'minutes' | 'percent' | 'scope' | 'period' | 'usd' | 'client';
  readonly label: string;
  /** What stands there at first. */
  readonly initial?: string;
}
export type Given = Readonly<Record<string, string>>;

export interface ActKind {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  readonly fields: readonly ActField[];
  act(given: Given): Act;
}

const HOST: ActField = { name: 'host', label: 'Host' };
const minutes = (initial: string): ActField => ({ name: 'minutes', label: 'For how many minutes', initial });
const number = (text: string | undefined): number => Number(text);

export const ACTS: readonly ActKind[] = [
  {
    id: 'drain',
    title: 'Drain a host',
    hint: 'no requests, for a while',
    fields: [HOST, minutes('60')],
    act: ({ host = '', minutes: time }) => ({ act: 'drain', host, minutes: number(time) }),
  },
  {
    id: 'undrain',
    title: 'Take it back',
    hint: 'end a drain, a drill or a weight',
    fields: [HOST],
    act: ({ host = '' }) => ({ act: 'undrain', host }),
  },
  {
    id: 'weight',
    title: 'Give a weight',
    hint: 'its share of the conversations',
    fields: [HOST, { name: 'percent', label: 'Percent', initial: '50' }, minutes('60')],
    act: ({ host = '', percent, minutes: time }) => ({
      act: 'weight',
      host,
      percent: number(percent),
      minutes: number(time),
    }),
  },
  {
    id: 'drill',
    title: 'Drill',
    hint: 'break a host on purpose',
    fields: [HOST, minutes('5')],
    act: ({ host = '', minutes: time }) => ({ act: 'drill', host, minutes: number(time) }),
  },
  {
    id: 'region-out',
    title: 'Take the region out',
    hint: 'clients go to the other one',
    fields: [minutes('60')],
    act: ({ minutes: time }) => ({ act: 'region-out', minutes: number(time) }),
  },
  {
    id: 'region-in',
    title: 'Take the region in',
    hint: 'it says how it is again',
    fields: [],
    act: () => ({ act: 'region-in' }),
  },
  {
    id: 'spend-limit',
    title: 'Limit spend',
    hint: 'of a team, a user or a model',
    fields: [
      { name: 'scope', label: 'Whose: team:support, user:…, model:…' },
      { name: 'period', label: 'A limit that is', initial: 'daily' },
      { name: 'usd', label: 'USD; empty ends the limit' },
    ],
    act: ({ scope = '', period, usd }) => ({
      act: 'spend-limit',
      scope,
      period: period === 'weekly' || period === 'monthly' ? period : 'daily',
      usd: usd === undefined || usd.trim() === '' ? undefined : number(usd),
    }),
  },
  {
    id: 'rotate-key',
    title: 'Rotate a team’s key',
    hint: 'a new one; the old one ends',
    fields: [{ name: 'client', label: 'Team' }],
    act: ({ client = '' }) => ({ act: 'rotate-key', client }),
  },
];

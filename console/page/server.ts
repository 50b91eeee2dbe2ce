import type { Done, Found, Look, Preview, Problem, Series, SetUpView, ShownJourney, Welcome } from '../api';
import type { FaultsNow } from '../faults';
import type { Act, Search, Span } from '../source';

const KEPT = 'token';
let token = '';

/** Out of the address, where it would be copied along; a reload still has it, another window has not. */
export function takeToken(): void {
  const { hash } = location;
  if (hash.length > 1 && !hash.startsWith('#/')) {
    sessionStorage.setItem(KEPT, hash.slice(1));
    history.replaceState(null, '', '#/now');
  }
  token = sessionStorage.getItem(KEPT) ?? '';
}

type Values = Readonly<Record<string, string | number | boolean | undefined>>;

async function call(name: string, init: RequestInit = {}): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, ...init.headers };
  const answer = await fetch(`/api/${name}`, { ...init, headers }).catch(() => {
    throw new Error('The console has ended, or cannot be reached. Start it again in its terminal.');
  });
  if (answer.ok) return answer;
  const { problem } = (await answer.json()) as Problem;
  throw new Error(problem);
}

async function get<T>(name: string, values: Values = {}): Promise<T> {
  return (await (await call(`${name}${queryOf(values)}`)).json()) as T;
}

async function post<T>(name: string, body: object): Promise<T> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return (await (await call(name, init)).json()) as T;
}

function queryOf(values: Values): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

export const server = {
  welcome: () => get<Welcome>('welcome'),
  now: () => get<readonly Look[]>('now'),
  requests: (search: Search) => get<Found>('requests', { ...search }),
  journey: (gateway: string, requestId: string, span: Span) =>
    get<ShownJourney>('journey', { gateway, requestId, ...span }),
  series: (gateway: string, span: Span, everyMs: number) => get<Series>('series', { gateway, ...span, everyMs }),
  report: async (gateway: string, span: Span) => (await call(`report${queryOf({ gateway, ...span })}`)).blob(),
  setUp: (gateway: string) => get<SetUpView>('set-up', { gateway }),
  preview: (gateway: string, act: Act) => post<Preview>('preview', { gateway, act }),
  perform: (gateway: string, act: Act) => post<Done>('perform', { gateway, act }),
  faults: () => get<FaultsNow>('faults'),
  actOnFaults: (action: string, values: object = {}) => post<FaultsNow>('faults', { action, values }),
};

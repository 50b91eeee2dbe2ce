import { FINDINGS, type Finding } from '../../lib/contract';
import type { CheckNow, GatewayNow, LinkNow } from './now';

/** The one sentence that says how it stands, and whose fault that is. */
export interface Headline {
  /** `down`: clients get errors. `rescued`: a host fails, and clients do not notice. `look`: what can wait until the morning. */
  readonly level: 'down' | 'rescued' | 'look' | 'well';
  readonly text: string;
  /** What to do about it first. */
  readonly remedy?: string;
  /** Hosts that are named. */
  readonly hosts: readonly string[];
}

/** In the words of whoever is woken by it. */
const WORDS: Readonly<Record<string, string>> = {
  overloaded: 'is overloaded',
  'rate-limited': 'limits the rate',
  quota: 'has no quota left',
  billing: 'refuses for money',
  credential: 'refuses its credential',
  permission: 'refuses its account',
  'not-found': 'does not know the model',
  'host-config': 'refuses how it is asked',
  'server-error': 'fails with server errors',
  timeout: 'does not answer in time',
  connection: 'cannot be reached, or breaks off',
  malformed: 'answers with nonsense',
  'model-error': 'fails inside the model',
};
/** The canary's finding that comes nearest to what requests met: it knows the remedy. */
const FINDING_OF: Readonly<Record<string, Finding>> = {
  overloaded: 'outage',
  'server-error': 'outage',
  'model-error': 'outage',
  'rate-limited': 'throttled',
  quota: 'quota',
  billing: 'billing',
  credential: 'credential',
  permission: 'not-enabled',
  'not-found': 'stale-model',
  'host-config': 'wrong-region',
  timeout: 'timeout',
  connection: 'network',
  malformed: 'wrong-answer',
};
/** A host of which so many attempts failed is in trouble, and not only unlucky. */
const TROUBLED = 3;
const SILENT_MS = 5 * 60_000;

interface Trouble {
  readonly link: LinkNow;
  readonly reason: string;
}

export function headlineOf(now: GatewayNow): Headline {
  const troubles = now.links.flatMap((link) => troubleOf(link));
  const names = troubles.map(({ link }) => link.host);
  const said = troubles.map(({ link, reason }) => `${link.host} ${WORDS[reason] ?? `fails: ${reason}`}`).join('; ');
  const remedy = remedyOf(troubles[0]?.reason);
  const { failed, requests } = now.traffic;
  const page = now.alarms.find(({ tells }) => tells === 'page');
  if (failed > 0 && (page !== undefined || failed / requests >= 0.05)) {
    const text = `Clients get errors: ${failed} of ${requests} requests failed. ${said || (firstLine(page?.text) ?? 'No host is to blame')}`;
    return { level: 'down', text, remedy, hosts: names };
  }
  if (troubles.length > 0) {
    const helper = now.links.filter(({ host }) => !names.includes(host)).toSorted((a, b) => b.share - a.share)[0];
    const served = helper && helper.share > 0 ? `${helper.host} answers for it` : 'no request needs it now';
    return { level: 'rescued', text: `${said}; ${served}, and clients do not notice`, remedy, hosts: names };
  }
  return quietly(now, page?.text);
}

/** No request is in trouble. */
function quietly({ links, alarms, canaryAt, at }: GatewayNow, page: string | undefined): Headline {
  const broken = links.flatMap((link) =>
    link.checks.filter(({ outcome }) => outcome !== 'ok').map((check) => ({ link, check })),
  )[0];
  if (broken) {
    const { link, check } = broken;
    const text = `The canary finds ${link.host} broken: ${check.outcome} with ${check.model}. No request needs it now`;
    return { level: 'look', text, remedy: remedyOfCheck(check), hosts: [link.host] };
  }
  if (canaryAt !== undefined && at - canaryAt > SILENT_MS) {
    const minutes = Math.round((at - canaryAt) / 60_000);
    const remedy = 'Look at the errors of its function and at its schedule';
    return {
      level: 'look',
      text: `The canary has been silent for ${minutes} minutes: what it would find, nobody sees`,
      remedy,
      hosts: [],
    };
  }
  const taken = links.filter(({ override }) => override !== undefined && override.action !== 'weight');
  if (taken.length > 0) {
    const each = taken.map(
      ({ host, override }) => `${host} is ${override!.action === 'drain' ? 'drained' : 'in a drill'} by an operator`,
    );
    return { level: 'look', text: each.join('; '), hosts: taken.map(({ host }) => host) };
  }
  const text = firstLine(page ?? alarms[0]?.text);
  if (text !== undefined) return { level: 'look', text, hosts: [] };
  return { level: 'well', text: 'Every host is well', hosts: [] };
}

/** What keeps a host from answering, or fails most of what it is asked. */
function troubleOf(link: LinkNow): Trouble[] {
  if (link.override?.action === 'drain') return [];
  const [most] = Object.entries(link.failures).toSorted(([, a], [, b]) => b - a);
  const away = link.models.find(({ state }) => state !== 'healthy' && state !== 'ramping');
  const reason = away?.reason ?? (most !== undefined && most[1] >= TROUBLED ? most[0] : undefined);
  return reason === undefined ? [] : [{ link, reason }];
}

function remedyOf(reason: string | undefined): string | undefined {
  const finding = reason === undefined ? undefined : FINDING_OF[reason];
  return finding && FINDINGS[finding].remedy;
}

const remedyOfCheck = ({ outcome }: CheckNow): string | undefined =>
  Object.hasOwn(FINDINGS, outcome) ? FINDINGS[outcome as Finding].remedy : undefined;

const firstLine = (text: string | undefined): string | undefined => text?.split('\n')[0];

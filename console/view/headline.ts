import { FINDINGS, type Finding } from '../../lib/contract';
import type { CheckNow, GatewayNow, LinkNow, ModelNow } from './now';

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
/** What the canary says more exactly than a request can. */
const FOUND: Readonly<Partial<Record<Finding, string>>> = {
  'stale-model': 'does not know the model',
  'wrong-region': 'does not serve the model there',
  'not-enabled': 'has not enabled the model',
  'org-policy': 'is forbidden by a policy',
  placeholder: 'has no key yet',
};
/** Nothing can be done about them but to wait. */
const HOSTS_OWN = new Set(['overloaded', 'server-error', 'model-error', 'timeout', 'connection']);
const NOBODY = 'No host is to blame';
const SLOW = 'SlowFirstContent';
/** A host of which so many attempts failed is in trouble, and not only unlucky. */
const TROUBLED = 3;
const SILENT_MS = 5 * 60_000;

interface Trouble {
  readonly link: LinkNow;
  readonly reason: string;
  /** The canary's, where it fails there as well. */
  readonly check: CheckNow | undefined;
}

export function headlineOf(now: GatewayNow): Headline {
  const { links, traffic, alarms } = now;
  const troubles = links.flatMap((link) => troubleOf(link));
  const hosts = troubles.map(({ link }) => link.host);
  const remedy = remedyOf(troubles);
  const out = takenOut(links);
  const said = troubles.map(sentence).join('; ');
  const all = troubles.length === links.length && links.length > 1 ? `Every host fails: ${said}` : said;
  const page = alarms.find(({ tells }) => tells === 'page');
  const [failed, requests] = [Math.round(traffic.failed), Math.round(traffic.requests)];
  if (failed > 0 && (page !== undefined || failed / requests >= 0.05)) {
    // What an operator has said can be taken back at once: it goes before what only the host can mend.
    const blame = [all, ...out].filter((each) => each !== '').join('; ') || (firstLine(page?.text) ?? NOBODY);
    const text = `Clients get errors: ${failed} of ${requests} requests failed. ${blame}`;
    const named = [...hosts, ...links.filter(isTakenOut).map(({ host }) => host)];
    return { level: 'down', text, remedy: takeBack(links) ?? remedy, hosts: named };
  }
  if (alarms.some(({ id }) => id.endsWith(SLOW))) return slowly(now, said, remedy, hosts);
  if (troubles.length === 0) return quietly(now, page);
  if (traffic.failovers === 0 && troubles.every(({ link }) => Object.keys(link.failures).length === 0)) {
    return { level: 'look', text: `${said}. No request needs it now`, remedy, hosts };
  }
  const helper = links.filter(({ host }) => !hosts.includes(host)).toSorted((a, b) => b.share - a.share)[0];
  const served =
    helper && helper.share > 0
      ? `${helper.host} answers for ${troubles.length > 1 ? 'them' : 'it'}`
      : 'other requests are answered';
  const felt = failed === 0 ? 'clients do not notice' : `${failed} of ${requests} requests failed`;
  return { level: 'rescued', text: `${all}; ${served}, and ${felt}`, remedy, hosts };
}

/** Nothing fails, and clients wait. */
function slowly(
  { links, traffic }: GatewayNow,
  said: string,
  remedy: string | undefined,
  hosts: readonly string[],
): Headline {
  const serving = links.filter(({ share }) => share > 0).map(({ host }) => host);
  const late = traffic.firstContent ? ` of ${(traffic.firstContent.p50 / 1000).toFixed(1)} s` : '';
  const text = `Clients wait: first content comes late, with a median${late}, from ${serving.join(', ') || 'every host'}`;
  const whole = said === '' ? text : `${text}. ${said}`;
  return { level: 'down', text: whole, remedy: remedy ?? FINDINGS.slow.remedy, hosts: [...serving, ...hosts] };
}

/** No request is in trouble. */
function quietly(
  { links, alarms, canaryAt, at, region, outUntil }: GatewayNow,
  page: GatewayNow['alarms'][number] | undefined,
): Headline {
  const broken = links.flatMap((link) => brokenChecks(link).map((check) => ({ link, check })))[0];
  if (broken) {
    const { link, check } = broken;
    const text = `The canary finds ${link.host} broken: ${check.outcome} with ${check.model}. No request needs it now`;
    return { level: 'look', text, remedy: remedyOfCheck(check), hosts: [link.host] };
  }
  if (canaryAt !== undefined && at - canaryAt > SILENT_MS) {
    const minutes = Math.round((at - canaryAt) / 60_000);
    const text = `The canary has been silent for ${minutes} minutes: what it would find, nobody sees`;
    return { level: 'look', text, remedy: 'Look at the errors of its function and at its schedule', hosts: [] };
  }
  const taken = [
    ...takenOut(links),
    ...(outUntil === undefined ? [] : [`${region} is taken out by an operator, and sends clients to the other region`]),
  ];
  if (taken.length > 0)
    return { level: 'look', text: taken.join('; '), hosts: links.filter(isTakenOut).map(({ host }) => host) };
  const text = firstLine((page ?? alarms[0])?.text);
  if (text !== undefined) return { level: page ? 'down' : 'look', text, hosts: [] };
  return { level: 'well', text: 'Every host is well', hosts: [] };
}

const isTakenOut = ({ override }: LinkNow): boolean => override !== undefined && override.action !== 'weight';

const takenOut = (links: readonly LinkNow[]): string[] =>
  links
    .filter(isTakenOut)
    .map(
      ({ host, override }) => `${host} is ${override!.action === 'drain' ? 'drained' : 'in a drill'} by an operator`,
    );

const takeBack = (links: readonly LinkNow[]): string | undefined => {
  const [first] = links.filter(isTakenOut);
  return first && `Take it back under Act, or by npx claude-failover undrain ${first.host}`;
};

function sentence({ link, reason, check }: Trouble): string {
  const found = check && FOUND[check.outcome as Finding];
  return `${link.host} ${found ?? WORDS[reason] ?? `fails: ${reason}`}${onlyFor(link)}`;
}

/** Where others of its models are well. */
function onlyFor({ models }: LinkNow): string {
  const away = models.filter(isAway);
  return away.length === 0 || away.length === models.length
    ? ''
    : `, for ${away.map(({ model }) => model).join(' and ')} only`;
}

const isAway = ({ state }: ModelNow): boolean => state !== 'healthy' && state !== 'ramping';

/** What keeps a host from answering, or fails most of what it is asked. */
function troubleOf(link: LinkNow): Trouble[] {
  if (isTakenOut(link)) return [];
  const [most] = Object.entries(link.failures).toSorted(([, a], [, b]) => b - a);
  const away = link.models.find(isAway);
  const reason = away?.reason ?? (most !== undefined && most[1] >= TROUBLED ? most[0] : undefined);
  return reason === undefined ? [] : [{ link, reason, check: brokenChecks(link)[0] }];
}

const brokenChecks = ({ checks }: LinkNow): CheckNow[] => checks.filter(({ outcome }) => outcome !== 'ok');

/** First of what is ours to mend; where the canary has looked as well, by its finding. */
function remedyOf(troubles: readonly Trouble[]): string | undefined {
  const first = troubles.find(({ reason }) => !HOSTS_OWN.has(reason)) ?? troubles[0];
  if (first === undefined) return undefined;
  const finding = FINDING_OF[first.reason];
  return (first.check && remedyOfCheck(first.check)) ?? (finding && FINDINGS[finding].remedy);
}

const remedyOfCheck = ({ outcome }: CheckNow): string | undefined =>
  Object.hasOwn(FINDINGS, outcome) ? FINDINGS[outcome as Finding].remedy : undefined;

const firstLine = (text: string | undefined): string | undefined => text?.split('\n')[0];

import type { Logged, LogLine } from './log-lines';
import type { PlayedRequest } from './player';

/** What a simulated host saw. */
export interface HostBooks {
  readonly name: string;
  /** USD at list price for an answer of so many tokens. */
  price(inputTokens: number, outputTokens: number): number;
  /** Numbers of the requests it was asked, one entry a call. */
  readonly asked: readonly number[];
  /** Answers it gave whole: what a vendor puts on the bill. */
  readonly answered: number;
}

/**
 * Every place where the books of clients, router and hosts differ. Empty: everything was counted once. `spentMicros`: of the table of what
 * is spent, where there are limits.
 */
export function reconcile(
  played: readonly PlayedRequest[],
  logged: Logged,
  hosts: readonly HostBooks[],
  spentMicros?: number,
): string[] {
  const { requests, attempts } = logged;
  const problems: string[] = [];
  const expectSame = (what: string, counts: Readonly<{ [book: string]: number | string }>): void => {
    if (new Set(Object.values(counts)).size > 1) problems.push(`${what}: ${JSON.stringify(counts)}`);
  };
  for (const { number, failure } of played) if (failure !== undefined) problems.push(`request ${number}: ${failure}`);

  const count = played.length;
  const answered = hosts.reduce((sum, host) => sum + host.answered, 0);
  expectSame('answers', { clients: count, lines: requests.length, metric: logged.sum('requests'), hosts: answered });
  expectSame('exhausted', { expected: 0, metric: logged.sum('exhausted') });
  expectSame('streams that died', { expected: 0, metric: logged.sum('streamDied') });
  expectSame('failovers', {
    lines: requests.filter(({ isFailover }) => isFailover === true).length,
    metric: logged.sum('failovers'),
    clients: played.filter(({ host }) => host !== hosts[0]?.name).length,
  });
  expectSame('attempts', {
    clients: sum(played, ({ attempts: own }) => own),
    requestLines: sum(requests, (line) => Number(line['attempts'])),
    attemptLines: attempts.length,
    metric: sum(hosts, ({ name }) => logged.ofHost('hostFailures', name).samples),
  });
  expectSame('USD', {
    clients: usd(sum(played, (answer) => costOf(answer, hosts))),
    lines: usd(sum(requests, (line) => Number(line['costUsd']))),
    metric: usd(logged.sum('cost')),
  });
  if (spentMicros !== undefined) {
    const clients = sum(played, (answer) => costOf(answer, hosts)) + sum(attempts, (each) => paidInVain(each, hosts));
    // Each request is rounded to a millionth of a dollar.
    const isOff = Math.abs(spentMicros - clients * 1e6) > requests.length + attempts.length;
    if (isOff)
      problems.push(`USD: the table of what is spent has ${usd(spentMicros / 1e6)}, and clients ${usd(clients)}`);
  }
  for (const { name, asked, answered: whole } of hosts) {
    const ofHost = attempts.filter(({ host }) => host === name);
    expectSame(`attempts on ${name}`, {
      lines: ofHost.length,
      metric: logged.ofHost('hostFailures', name).samples,
    });
    problems.push(...unlessAsked(`calls of ${name}`, asked.length, ofHost));
    expectSame(`answers of ${name}`, {
      clients: played.filter(({ host }) => host === name).length,
      lines: requests.filter(({ host }) => host === name).length,
      host: whole,
    });
    expectSame(`failures of ${name}`, {
      lines: ofHost.filter(({ outcome }) => outcome !== 'ok').length,
      metric: logged.ofHost('hostFailures', name).sum,
    });
  }
  return [...problems, ...unmatched(played, logged, hosts)];
}

/** One by one: the client's answer, the line of the attempt that gave it, the line of its request, and what hosts were asked. */
function unmatched(
  played: readonly PlayedRequest[],
  { requests, attempts }: Logged,
  hosts: readonly HostBooks[],
): string[] {
  const answers = grouped(
    attempts.filter(({ outcome }) => outcome === 'ok'),
    'hostRequestId',
  );
  const lines = grouped(requests, 'requestId');
  return played.flatMap((client) => {
    const { number, requestId, host, attempts: tried, inputTokens, outputTokens } = client;
    const answer = answers.get(requestId);
    if (answer?.length !== 1) return [`request ${number}: ${answer?.length ?? 0} attempts gave its answer`];
    const line = lines.get(answer[0]!['requestId']);
    if (line?.length !== 1) return [`request ${number}: has ${line?.length ?? 0} lines`];
    const own = attempts.filter((attempt) => attempt['requestId'] === line[0]!['requestId']);
    const asked = sum(hosts, (books) => books.asked.filter((each) => each === number).length);
    const found: LogLine = {
      ...line[0]!,
      ...usageOf(line[0]!),
      attemptLines: own.length,
      usd: usd(Number(line[0]!['costUsd'])),
    };
    const expected = {
      host,
      attempts: tried,
      attemptLines: tried,
      outcome: 'answered',
      inputTokens,
      outputTokens,
      usd: usd(costOf(client, hosts)),
    };
    const wrong = Object.entries(expected)
      .filter(([field, value]) => found[field] !== value)
      .map(([field, value]) => `request ${number}: ${field} is ${found[field]}, the client had ${value}`);
    return [...wrong, ...unlessAsked(`request ${number}: calls of hosts`, asked, own)];
  });
}

/** A host sees every attempt, but perhaps not one whose time was up before anything came back: it may have been without a key yet. */
function unlessAsked(what: string, asked: number, attempts: readonly LogLine[]): string[] {
  const unseen = attempts.filter(({ outcome, status }) => outcome === 'timeout' && status === undefined).length;
  if (asked <= attempts.length && asked >= attempts.length - unseen) return [];
  return [`${what}: ${asked}, and ${attempts.length} attempts, of which ${unseen} may not have come to a host`];
}

function costOf({ host, inputTokens, outputTokens }: PlayedRequest, hosts: readonly HostBooks[]): number {
  return hosts.find(({ name }) => name === host)?.price(inputTokens, outputTokens) ?? NaN;
}

/** What a host had told of tokens before its attempt failed: its owner pays for that, and no client has it. */
function paidInVain(line: LogLine, hosts: readonly HostBooks[]): number {
  const { inputTokens, outputTokens } = usageOf(line);
  if (line['outcome'] === 'ok' || typeof inputTokens !== 'number') return 0;
  return hosts.find(({ name }) => name === line['host'])?.price(inputTokens, Number(outputTokens)) ?? NaN;
}

/** Without the last digits, in which sums of the same numbers differ. */
const usd = (value: number): string => value.toFixed(9);

function usageOf(line: LogLine): LogLine {
  const usage = line['usage'] as LogLine | undefined;
  return { inputTokens: usage?.['input_tokens'], outputTokens: usage?.['output_tokens'] };
}

function grouped(lines: readonly LogLine[], field: string): Map<unknown, LogLine[]> {
  return Map.groupBy(lines, (line) => line[field]);
}

function sum<Entry>(entries: readonly Entry[], value: (entry: Entry) => number): number {
  return entries.reduce((total, entry) => total + value(entry), 0);
}

import { Agent, request, type IncomingMessage } from 'node:http';
import { requestBody } from '../answers';
import { quantile } from '../../local/report/quantile';
import { median } from '../figures/statistics';
import { SLOW_BYTES_PER_MS, type BenchRun, type RunResult, type Workload } from '../workload';

/** What one answer has shown: times in milliseconds, one or, for events, many. */
interface Seen {
  readonly times: number[];
  coalesced: number;
}

/** Events that were sent so far apart must not arrive as one, whatever the chunks they arrive in. */
const APART_MS = 1;
const TOGETHER_MS = 0.1;

type Watch = (answer: IncomingMessage, started: number, seen: Seen) => void;

const WATCHES: Readonly<Record<Workload, Watch>> = {
  short: watchEnd,
  first: (answer, started, seen) =>
    void answer.once('data', () => {
      seen.times.push(performance.now() - started);
    }),
  paced: watchEvents,
  steady: watchEvents,
  long: watchEvents,
  idle: watchEnd,
  burst: watchEnd,
  bulk: watchEnd,
  slow: readSlowly(SLOW_BYTES_PER_MS.slow),
  crowd: readSlowly(SLOW_BYTES_PER_MS.crowd),
};

export function start(): void {
  process.on('message', (run: BenchRun) => {
    perform(run).then(
      (result) => process.send?.(result),
      (error: unknown) => process.send?.({ error: String(error) }),
    );
  });
  process.on('disconnect', () => process.exit());
  process.send?.(0);
}

async function perform(run: BenchRun): Promise<RunResult> {
  const agent = new Agent({ keepAlive: true });
  const body = requestBody(run.stream, run.workload, run.target?.model);
  const seen: Seen = { times: [], coalesced: 0 };
  const started = performance.now();
  let begun = 0;
  const mayBegin = () => begun < run.count && performance.now() - started < (run.maxMs ?? Infinity);
  const callInTurn = async (): Promise<void> => {
    while (mayBegin()) {
      begun += 1;
      await call(run, agent, body, seen);
    }
  };
  await Promise.all(Array.from({ length: run.concurrency }, callInTurn));
  const perSecond = (begun * 1000) / (performance.now() - started);
  agent.destroy();
  return {
    p50Ms: median(seen.times),
    p99Ms: quantile(seen.times, 0.99),
    latestMs: seen.times.reduce((latest, time) => Math.max(latest, time), 0),
    perSecond,
    coalesced: seen.coalesced,
  };
}

function call({ port, workload, stream, target }: BenchRun, agent: Agent, body: Buffer, seen: Seen): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': body.length,
      'x-api-key': 'bench',
      'anthropic-version': '2023-06-01',
      ...target?.headers,
    };
    const options = {
      agent,
      host: '127.0.0.1',
      port,
      method: 'POST',
      path: `${target?.path ?? ''}/v1/messages`,
      headers,
    };
    const started = performance.now();
    const outgoing = request(options, (answer) => {
      let tail = '';
      WATCHES[workload](answer, started, seen);
      answer.on('data', (chunk: Buffer) => (tail = tail.slice(-100) + chunk.toString('latin1', chunk.length - 1000)));
      answer.on('end', () => {
        // A gateway that is fast at errors would win every race.
        if (answer.statusCode === 200 && tail.includes(stream ? 'message_stop' : 'end_turn')) resolve();
        else reject(new Error(`${workload}: status ${answer.statusCode}, and an answer that ends in ${tail}`));
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function watchEnd(answer: IncomingMessage, started: number, seen: Seen): void {
  answer.once('end', () => seen.times.push(performance.now() - started));
}

function watchEvents(answer: IncomingMessage, _started: number, seen: Seen): void {
  let before = { sent: -Infinity, arrived: -Infinity };
  answer.on('data', (chunk: Buffer) => {
    const arrived = Number(process.hrtime.bigint()) / 1e6;
    for (const [, time] of chunk.toString('latin1').matchAll(/@(\d+)@/g)) {
      const sent = Number(time) / 1e6;
      seen.times.push(arrived - sent);
      if (sent - before.sent >= APART_MS && arrived - before.arrived < TOGETHER_MS) seen.coalesced += 1;
      before = { sent, arrived };
    }
  });
}

function readSlowly(bytesPerMs: number): Watch {
  return (answer, started) => {
    let bytes = 0;
    answer.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      const aheadMs = bytes / bytesPerMs - (performance.now() - started);
      if (aheadMs < 1) return;
      answer.pause();
      setTimeout(() => answer.resume(), aheadMs);
    });
  };
}

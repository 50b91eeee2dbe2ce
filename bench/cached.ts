import { ENV } from '../lib/contract';
import { compare, type Figure } from './figures/figure';
import { median, spread } from './figures/statistics';
import { Child, CORES } from './processes';
import { TABLE } from './roles/table';
import { anthropicHost, configOf, routerEnv } from './setups';
import type { RunResult } from './workload';

const WARM_UP = 500;
const IN_A_ROW = 50;
const TURNS = 6;

/** What a hit of the response cache takes over a read of its table, which here takes 5 ms. */
export async function measureCached(rounds: number): Promise<Figure[]> {
  const children = (['upstream', 'client', 'table'] as const).map((role) => new Child(role, CORES.others));
  const [, client] = children;
  let router: Child | undefined;
  try {
    const [upstreamPort = 0, , tablePort = 0] = await Promise.all(children.map((child) => child.hears<number>()));
    const table = `http://127.0.0.1:${tablePort}`;
    const route = { cache: { ttlSeconds: 3600, shared: true } };
    router = new Child('router', CORES.measured, {
      ...routerEnv(configOf([anthropicHost(upstreamPort)], { route })),
      [ENV.CACHE_TABLE]: TABLE,
      AWS_ENDPOINT_URL_DYNAMODB: table,
    });
    const port = await router.hears<number>();
    const hit = async (count: number): Promise<number> => {
      const run = { workload: 'short', stream: false, count, concurrency: 1, port } as const;
      return (await client!.ask<RunResult>(run)).p50Ms;
    };
    // The first of them is no hit.
    await hit(WARM_UP);
    await readTable(table, WARM_UP);
    const seen: { readonly own: number; readonly hit: number }[] = [];
    for (let turn = 0; turn < rounds * TURNS; turn += 1) {
      seen.push({ own: await readTable(table, IN_A_ROW), hit: await hit(IN_A_ROW) });
    }
    return [
      {
        what: 'unary p50 from the response cache, over a read of its table',
        unit: 'ms',
        base: median(seen.map(({ own }) => own)),
        value: median(seen.map((each) => each.hit)),
        comparison: '+',
        measured: spread(seen.map((each) => compare(each.hit, each.own, '+'))),
        target: { atMost: 15 },
      },
    ];
  } finally {
    for (const child of [...children, router]) child?.stop();
  }
}

/** As bare as it can be had: no signature is made for it. */
const READ = {
  method: 'POST',
  headers: {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': 'DynamoDB_20120810.GetItem',
    authorization: 'AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/dynamodb/aws4_request, Signature=none',
  },
  body: JSON.stringify({ TableName: TABLE, Key: { kind: { S: 'nothing' }, entry: { S: 'answer' } } }),
};

async function readTable(url: string, count: number): Promise<number> {
  const millis: number[] = [];
  for (let read = 0; read < count; read += 1) {
    const started = performance.now();
    const answer = await fetch(url, READ);
    await answer.text();
    if (!answer.ok) throw new Error(`the table has answered ${answer.status}`);
    millis.push(performance.now() - started);
  }
  return median(millis);
}

import type { TextStore } from '../../../aws/batches/text-store';
import { isObject, parseJson } from '../../../engine/json';
import type { BodyFields } from '../../../engine/host';
import { type BatchResult, readResult } from '../../../wire/anthropic/batches/batch-result';

/** A request as it is kept: where it stands in its batch, and by which name its client knows it. */
export interface KeptRequest {
  readonly at: number;
  readonly customId: string;
  readonly model: string;
  readonly params: BodyFields;
}

/** A result, and its request's place in the batch. */
export interface ResultLine {
  readonly at: number;
  readonly line: string;
}

export interface ShardName {
  readonly batch: string;
  readonly shard: number;
}

/** What of a batch is in the bucket: a folder a shard. What is written twice is the same both times. */
export interface BatchObjects {
  putRequests(name: ShardName, requests: readonly KeptRequest[]): Promise<void>;
  requests(name: ShardName): Promise<readonly KeptRequest[]>;
  /** Of a round's job, or of a single request, by its index in the shard. */
  putAnswers(name: ShardName, round: number, answers: ReadonlyMap<number, BatchResult>, single?: number): Promise<void>;
  /** The last that was said of each request, by its index; `round`: what was said in that one only. */
  answers(name: ShardName, round?: number): Promise<ReadonlyMap<number, BatchResult>>;
  putResults(name: ShardName, lines: readonly ResultLine[]): Promise<void>;
  results(name: ShardName): Promise<readonly ResultLine[]>;
  /** Removes requests and answers, once there are results. */
  tidy(name: ShardName): Promise<void>;
  removeBatch(batch: string): Promise<void>;
}

const AT_A_TIME = 16;

const folderOf = ({ batch, shard }: ShardName): string => `batches/${batch}/${String(shard).padStart(4, '0')}/`;
const roundText = (round: number): string => String(round).padStart(4, '0');
export function createBatchObjects(store: TextStore): BatchObjects {
  const lines = async (key: string): Promise<unknown[]> => {
    const text = await store.get(key);
    if (text === undefined) throw new Error(`the object ${key} is missing`);
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map(parseJson);
  };
  const remove = (keys: readonly string[]): Promise<unknown> => together(keys, (key) => store.delete(key));
  return {
    putRequests: (name, requests) => store.put(`${folderOf(name)}requests.jsonl`, joined(requests)),
    requests: async (name) => (await lines(`${folderOf(name)}requests.jsonl`)) as KeptRequest[],
    putAnswers: (name, round, answers, single) =>
      store.put(
        `${folderOf(name)}answers/${roundText(round)}${single === undefined ? '' : `-${roundText(single)}`}.jsonl`,
        joined([...answers].map(([index, result]) => ({ index, result }))),
      ),
    async answers(name, round) {
      const keys = await store.list(`${folderOf(name)}answers/${round === undefined ? '' : roundText(round)}`);
      const said = await together(keys, lines);
      const answers = new Map<number, BatchResult>();
      for (const line of said.flat()) {
        const result = isObject(line) ? readResult(line['result']) : undefined;
        if (result && isObject(line)) answers.set(Number(line['index']), result);
      }
      return answers;
    },
    putResults: (name, results) => store.put(`${folderOf(name)}results.jsonl`, joined(results)),
    results: async (name) => (await lines(`${folderOf(name)}results.jsonl`)) as ResultLine[],
    async tidy(name) {
      const keys = await store.list(folderOf(name));
      await remove(keys.filter((key) => !key.endsWith('/results.jsonl')));
    },
    removeBatch: async (batch) => void (await remove(await store.list(`batches/${batch}/`))),
  };
}

const joined = (values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');

/** In their order, some at a time. */
export async function together<In, Out>(
  items: readonly In[],
  perform: (item: In) => Promise<Out>,
  most = AT_A_TIME,
): Promise<Out[]> {
  const results: Out[] = new Array<Out>(items.length);
  let next = 0;
  const workers = Array.from({ length: Math.min(most, items.length) }, async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await perform(items[index]!);
    }
  });
  await Promise.all(workers);
  return results;
}

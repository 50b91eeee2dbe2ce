import { isObject, parseJson } from '../../../engine/json';
import { readResult } from '../../../wire/anthropic/batches/batch-result';
import type { Planner } from '../../plan/plan-request';
import type { Spend } from '../spend';

/** No result is longer. */
const MOST_BYTES = 32 * 1024 * 1024;
const LINE_FEED = 10;

/** The same bytes. Who reads them to their end has shown what the batch has cost, which then takes the place of its estimate: once. */
export async function countedResults(
  chunks: AsyncIterable<Uint8Array>,
  { batches }: Spend,
  { models }: Pick<Planner, 'models'>,
  path: string,
  host: string,
): Promise<AsyncIterable<Uint8Array>> {
  const id = path.split('/').at(-2) ?? '';
  if (!(await batches.ledger.isCharged(id))) return chunks;
  const costs = new Map<string, number>();
  const add = (line: string): boolean => {
    const json = parseJson(line);
    const result = isObject(json) ? readResult(json['result']) : undefined;
    if (result?.type === 'succeeded') {
      const name = String(result.message['model']);
      const model = models.find(name)?.id ?? name;
      const { usage } = result.message;
      costs.set(model, (costs.get(model) ?? 0) + (isObject(usage) ? batches.price(host, model, usage) : 0));
    }
    return result !== undefined || line.trim() === '';
  };
  return readThrough(chunks, add, async () => {
    const accounts = await batches.ledger.take(id);
    if (accounts) batches.settle(accounts, costs);
  });
}

/** `whole`: once every line has been read. What nobody can read or hold is passed on all the same. */
async function* readThrough(
  chunks: AsyncIterable<Uint8Array>,
  read: (line: string) => boolean,
  whole: () => Promise<void>,
): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array[] = [];
  let length = 0;
  let isReadable = true;
  for await (const chunk of chunks) {
    yield chunk;
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0 && isReadable; at = chunk.indexOf(LINE_FEED, from)) {
      isReadable = read(Buffer.concat([...rest, chunk.subarray(from, at)]).toString());
      [rest, length, from] = [[], 0, at + 1];
    }
    length += chunk.length - from;
    isReadable &&= length <= MOST_BYTES;
    rest = isReadable ? [...rest, chunk.subarray(from)] : [];
  }
  if (isReadable && read(Buffer.concat(rest).toString())) await whole();
}

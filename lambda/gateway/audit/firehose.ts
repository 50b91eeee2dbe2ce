import * as v from 'valibot';
import { callAwsJson } from '../../aws/call-aws-json';
import type { Env } from '../../runtime/require-env';

/** Lines that go to Firehose in one call; those that it has not taken come back. Rejects where it has taken none. */
export type PutLines = (lines: readonly string[]) => Promise<readonly string[]>;

/** Firehose charges records by whole 5 KB, takes 1,000 KB in each, and 4 MB in one call. */
const RECORD_BYTES = 512_000;
export const CALL_BYTES = 4_000_000;
/** Whoever waits for it has an answer that is complete. */
const TIMEOUT_MS = 2_000;

const answer = v.object({
  FailedPutCount: v.optional(v.number(), 0),
  RequestResponses: v.array(v.object({ ErrorCode: v.optional(v.string()) })),
});

export function putToFirehose(stream: string, region: string, env: Env): PutLines {
  return async (lines) => {
    const packs = packed(lines);
    const json = await callAwsJson(
      {
        service: 'firehose',
        region,
        target: 'Firehose_20150804.PutRecordBatch',
        body: {
          DeliveryStreamName: stream,
          Records: packs.map((pack) => ({ Data: Buffer.from(pack.join('')).toString('base64') })),
        },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      },
      env,
    );
    const { RequestResponses: said } = v.parse(answer, json);
    return packs.flatMap((pack, index) => (said[index]?.ErrorCode === undefined ? [] : pack));
  };
}

function packed(lines: readonly string[]): string[][] {
  const packs: string[][] = [];
  let room = 0;
  for (const line of lines) {
    const bytes = Buffer.byteLength(line);
    if (bytes > room) {
      packs.push([]);
      room = RECORD_BYTES;
    }
    packs.at(-1)!.push(line);
    room -= bytes;
  }
  return packs;
}

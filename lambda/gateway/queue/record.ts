import * as v from 'valibot';

const headers = v.record(v.string(), v.string());
const requestHead = v.object({
  /** Undefined where the front door lets anyone in. */
  client: v.optional(v.string()),
  query: v.string(),
  headers,
  /** Times in milliseconds since the epoch. */
  acceptedAt: v.number(),
  deadline: v.number(),
  webhook: v.optional(v.string()),
});
const answerHead = v.object({ status: v.number(), headers, answeredAt: v.number(), keptUntil: v.number() });

export type RequestHead = v.InferOutput<typeof requestHead>;
export type AnswerHead = v.InferOutput<typeof answerHead>;
export interface WaitingRequest {
  readonly head: RequestHead;
  readonly body: Uint8Array;
}
export interface LateAnswer {
  readonly head: AnswerHead;
  readonly body: Uint8Array;
}

/** Of a head. The longest are the headers that a front door lets through, which is 16 KB. */
export const MOST_HEAD_BYTES = 64 * 1024;
const END_OF_HEAD = '\n';

/** A line that says what it is, and then the very bytes of the client or of the answer. */
export const written = ({ head, body }: WaitingRequest | LateAnswer): Buffer =>
  Buffer.concat([Buffer.from(JSON.stringify(head) + END_OF_HEAD), body]);

export const readRequestRecord = (bytes: Buffer): WaitingRequest => read(bytes, requestHead);
export const readAnswerRecord = (bytes: Buffer): LateAnswer => read(bytes, answerHead);

function read<Head>(bytes: Buffer, schema: v.GenericSchema<unknown, Head>) {
  const end = bytes.indexOf(END_OF_HEAD);
  const head = v.parse(schema, JSON.parse(bytes.subarray(0, end).toString()));
  return { head, body: bytes.subarray(end + 1) };
}

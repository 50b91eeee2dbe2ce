import { OPERATORS, type StackDescription } from '../../lib/contract';
import { callAwsJson } from '../../lambda/aws/call-aws-json';
import { type Condition, dynamoTable, type Item } from '../../lambda/aws/dynamo-table';
import type { Act, ActEntry } from '../../lambda/gateway/audit/entries';
import { type Head, sealed } from '../../lambda/gateway/audit/seal';
import { USER_AGENT } from '../../lambda/hosts/first-party-request';
import { errorText } from '../../lambda/runtime/error-text';
import type { Env } from '../../lambda/runtime/require-env';

const TIMEOUT_MS = 5_000;
/** Operators who act at the same moment. */
const TRIES = 5;

/**
 * Writes what an operator is about to do into the stack's trail, before it is done. Throws where it cannot be written: then it must not be
 * done. Nothing happens where the stack has no trail. All operators share one chain, whose head is in the health table.
 */
export async function recordAct({ audit, region, healthTable }: StackDescription, act: Act, env: Env): Promise<void> {
  if (audit === undefined) return;
  const refused = (why: unknown): Error =>
    new Error(
      `'${act.act}' is not done: it cannot be written into the audit trail (${audit.stream} in ${region}): ${errorText(why)}; ` +
        'you need firehose:PutRecord for the stream, and dynamodb:GetItem and PutItem for the health table',
    );
  const table = dynamoTable(healthTable.name, env, TIMEOUT_MS);
  const place = { router: OPERATORS.entry, version: USER_AGENT, region };
  const entry: ActEntry = {
    kind: 'act',
    act: act.act,
    target: act.target,
    operator: act.by,
    details: act.details && JSON.stringify(act.details),
    at: new Date().toISOString(),
    ...place,
  };
  const claim = async (): Promise<{ readonly record: object; undo(): Promise<unknown> }> => {
    for (let left = TRIES; left > 0; left -= 1) {
      const before = headOf(await table.get(OPERATORS.kind, OPERATORS.entry));
      const record = sealed(entry, OPERATORS.entry, before);
      if (await table.put(itemOf(record), unchanged(before))) {
        return {
          record,
          undo: () =>
            before === undefined
              ? table.delete(OPERATORS.kind, OPERATORS.entry)
              : table.put(itemOf(before), unchanged(record)),
        };
      }
    }
    throw new Error('other operators act at the same moment; try again');
  };
  const { record, undo } = await claim().catch((error: unknown) => Promise.reject(refused(error)));
  try {
    const Data = Buffer.from(`${JSON.stringify(record)}\n`).toString('base64');
    const body = { DeliveryStreamName: audit.stream, Record: { Data } };
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    await callAwsJson({ service: 'firehose', region, target: 'Firehose_20150804.PutRecord', body, signal }, env);
  } catch (error) {
    // Where that fails too, a gap says that something was to be done.
    await undo().catch(() => undefined);
    throw refused(error);
  }
}

/** The same in the name of whoever's credentials these are. */
export async function recordOperator(stack: StackDescription, act: Omit<Act, 'by'>, env: Env): Promise<void> {
  if (stack.audit === undefined) return;
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
  const { Arn: by = 'unknown' } = await new STSClient({ region: stack.region }).send(new GetCallerIdentityCommand({}));
  await recordAct(stack, { ...act, by }, env);
}

const itemOf = ({ seq, hash }: Head): Item => ({ ...OPERATORS, seq, hash });

const headOf = (item: Item | undefined): Head | undefined =>
  item && { seq: Number(item['seq']), hash: String(item['hash']) };

/** Of an item that there is not, a condition needs a value all the same. */
const unchanged = (head: Head | undefined): Condition =>
  head === undefined
    ? { expression: 'attribute_not_exists(#seq) OR #seq = :none', values: { none: -1 } }
    : { expression: '#seq = :seq AND #hash = :hash', values: { seq: head.seq, hash: head.hash } };

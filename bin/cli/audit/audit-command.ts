import { readFile } from 'node:fs/promises';
import { Command, InvalidArgumentError } from 'commander';
import { OPERATORS, type StackDescription } from '../../../lib/contract';
import { dynamoTable } from '../../../lambda/aws/dynamo-table';
import { checkChains } from '../../audit/check-chains';
import { headsIn, type KnownHead } from '../../audit/heads';
import { logHeads } from '../../audit/log-heads';
import { readTrail } from '../../audit/read-trail';
import type { Verdict } from '../../audit/verdict';
import { verdictText } from '../../audit/verdict-text';
import { findStack, type StackOptions } from '../find-stack';
import { tableEnv } from '../override-store';
import { regionOption, stackOption } from '../stack-option';

interface VerifyOptions extends StackOptions {
  readonly from: number;
  readonly to?: number;
  readonly bucket?: string;
  readonly logGroup?: string;
  readonly heads?: string;
}

/** What Firehose may still have, at its longest, and the hour in which it then lies. */
const ON_THE_WAY_MS = 20 * 60_000;
const TABLE_MS = 5_000;

export const auditCommand = (): Command =>
  new Command('audit')
    .description('the audit trail of a stack')
    .addCommand(
      new Command('verify')
        .description('look for records that are missing or were changed; ends with 1 where there are such')
        .requiredOption('--from <time>', 'the first hour that is looked at: 2026-11-01, or 2026-11-28T17:00Z', time)
        .option('--to <time>', 'the last hour', time)
        .option('--bucket <name>', 'bucket of the trail, in place of the one that the stack names')
        .option('--log-group <name>', 'log group of the router, which says how far each chain has come')
        .option('--heads <file>', 'lines of such a log in a file')
        .addOption(stackOption())
        .addOption(regionOption())
        .action(verify),
    );

async function verify(options: VerifyOptions): Promise<void> {
  const { from, to = Date.now() } = options;
  const stack = options.bucket === undefined ? (await findStack(options)).stack : undefined;
  if (stack !== undefined && stack.audit === undefined) {
    throw new Error(
      `stack ${options.stack} has no audit trail; give its FailoverGateway an 'audit', or name a trail by --bucket`,
    );
  }
  const { audit } = stack ?? {};
  if (audit?.format === 'parquet') {
    throw new Error(
      "this trail is kept as Parquet, which 'verify' does not read; docs/audit.md has the query by which Athena looks for gaps",
    );
  }
  const region = stack?.region ?? options.region;
  const { S3Client } = await import('@aws-sdk/client-s3');
  // A name with dots in it would have no certificate of its own.
  const s3 = new S3Client({ forcePathStyle: true, ...(region && { region }) });
  const { objects, records, findings } = await readTrail(s3, options.bucket ?? audit!.bucket, from, to);
  const heads = await knownHeads(options, stack, from, to);
  const checked = checkChains(records, heads ?? []);
  const verdict: Verdict = { ...checked, objects, findings: [...findings, ...checked.findings] };
  console.log(verdictText(verdict, heads !== undefined));
  if (verdict.findings.length > 0) process.exitCode = 1;
}

/** Undefined where nobody but the trail itself says where chains end. */
async function knownHeads(
  { heads: file, logGroup: given, region: own }: VerifyOptions,
  stack: StackDescription | undefined,
  from: number,
  to: number,
): Promise<KnownHead[] | undefined> {
  const logGroup = given ?? stack?.audit?.logGroup;
  if (file === undefined && logGroup === undefined) return undefined;
  const region = stack?.region ?? own ?? '';
  // What has just been said may not have been delivered yet.
  const until = Math.min(to, Date.now() - ON_THE_WAY_MS);
  return [
    ...(file === undefined ? [] : headsIn((await readFile(file, 'utf8')).split('\n'), file)),
    ...(logGroup === undefined || until <= from
      ? []
      : await logHeads(logGroup, region, from, until, { ...process.env, AWS_REGION: region })),
    ...(stack === undefined ? [] : await operatorsHead(stack)),
  ];
}

async function operatorsHead(stack: StackDescription): Promise<KnownHead[]> {
  const item = await dynamoTable(stack.healthTable.name, tableEnv(stack), TABLE_MS).get(
    OPERATORS.kind,
    OPERATORS.entry,
  );
  if (item === undefined) return [];
  const head = { writer: OPERATORS.entry, seq: Number(item['seq']), hash: String(item['hash']) };
  return [{ ...head, source: 'the health table' }];
}

function time(text: string): number {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new InvalidArgumentError(`'${text}' is no time; use 2026-11-28, or 2026-11-28T17:00Z`);
  return at;
}

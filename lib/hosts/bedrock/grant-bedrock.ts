import type * as iam from 'aws-cdk-lib/aws-iam';
import {
  type BedrockUse,
  countTokensStatement,
  grantStatements,
  invokeStatements,
  type InvokeStatement,
  jobStatement,
} from './bedrock-statements';

/** What one host asks Bedrock for. */
export interface BedrockCalls {
  readonly invoked: BedrockUse;
  /** The router counts by the id of the model table. @default - tokens of the model are never counted */
  readonly counted?: BedrockUse;
}

/** More resources would make one statement too long for a managed policy of its own, 6,144 characters. */
const MOST_RESOURCES = 12;

/**
 * What the hosts of a router ask Bedrock for, in as few words as say no more: a role has ten managed policies. The same model through
 * the same profile is one statement for all regions; models whose statements differ in nothing else share one.
 */
export function grantBedrock(grantee: iam.IGrantable, calls: readonly BedrockCalls[]): void {
  if (calls.length === 0) return;
  const statements = [
    ...acrossRegions(calls.map(({ invoked }) => invoked)).flatMap(invokeStatements),
    ...acrossRegions(calls.flatMap(({ counted }) => counted ?? [])).map(countTokensStatement),
  ];
  grantStatements(grantee, acrossModels(statements));
}

/** Invoking and no more, for what is asked in the name of single clients. */
export function grantUses(grantee: iam.IGrantable, uses: readonly BedrockUse[]): void {
  if (uses.length === 0) return;
  grantStatements(grantee, acrossModels(acrossRegions(uses).flatMap(invokeStatements)));
}

/** One action on what batch jobs of models are made with. */
export function grantJobs(grantee: iam.IGrantable, action: string, uses: readonly BedrockUse[]): void {
  if (uses.length === 0) return;
  grantStatements(grantee, acrossModels(uses.map((use) => jobStatement(action, use))));
}

function acrossRegions(uses: readonly BedrockUse[]): BedrockUse[] {
  const byTarget = new Map<string, BedrockUse>();
  for (const use of uses) {
    const key = JSON.stringify(use.target);
    const before = byTarget.get(key)?.regions ?? [];
    byTarget.set(key, { ...use, regions: [...new Set([...before, ...use.regions])] });
  }
  return [...byTarget.values()];
}

function acrossModels(statements: readonly InvokeStatement[]): InvokeStatement[] {
  const open = new Map<string, InvokeStatement>();
  const full: InvokeStatement[] = [];
  for (const statement of statements) {
    const { actions, requestedRegions, through } = statement;
    const key = JSON.stringify([actions, requestedRegions, through?.profile]);
    const before = open.get(key);
    const joined = before === undefined ? statement : join(before, statement);
    if (before !== undefined && longest(joined) > MOST_RESOURCES) {
      full.push(before);
      open.set(key, statement);
    } else {
      open.set(key, joined);
    }
  }
  return [...full, ...open.values()];
}

const longest = ({ resourceArns, through }: InvokeStatement): number =>
  Math.max(resourceArns.length, through?.arns.length ?? 0);

function join(one: InvokeStatement, other: InvokeStatement): InvokeStatement {
  const { through } = one;
  return {
    ...one,
    resourceArns: [...new Set([...one.resourceArns, ...other.resourceArns])],
    // Through another model's profile a model cannot be reached at all: together they allow no more than each by itself.
    ...(through && {
      through: { ...through, arns: [...new Set([...through.arns, ...(other.through?.arns ?? [])])] },
    }),
  };
}

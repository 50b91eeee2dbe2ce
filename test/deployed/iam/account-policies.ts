import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

type OneOrMany<T> = T | readonly T[];

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: OneOrMany<string>;
  readonly NotAction?: OneOrMany<string>;
  readonly Resource?: OneOrMany<string>;
  readonly Condition?: Readonly<Record<string, unknown>>;
  readonly Principal?: unknown;
}
export interface Policy {
  readonly Version?: string;
  readonly Statement: OneOrMany<Statement>;
}
export type Policies = Readonly<Record<string, Policy>>;

export interface DeployedRole {
  readonly arn: string;
  readonly trust: Policy;
  /** Inline ones by name, managed ones by ARN. */
  readonly policies: Policies;
  /** At most one, by its ARN. */
  readonly boundary: Policies;
}

export interface VpcEndpoint {
  readonly id: string;
  readonly vpc: string;
  /** `secretsmanager` */
  readonly service: string;
  /** @default - everything */
  readonly policy: Policy | null;
}

/** All that IAM goes by, as the emulated account gives it back. */
export interface AccountPolicies {
  readonly roles: readonly DeployedRole[];
  /** By the ARN of what they are attached to: functions, secrets, topics, keys. */
  readonly resources: Policies;
  /** Keys of encrypted topics. */
  readonly topicKeys: Readonly<Record<string, string>>;
  readonly endpoints: readonly VpcEndpoint[];
  /** Of CodeDeploy, with the role that it takes for them. */
  readonly deploymentGroups: readonly { readonly arn: string; readonly role: string }[];
}

const SCRIPT = join(__dirname, '../emulator/read_policies.py');

export async function readPolicies(python: string, emulatorUrl: string): Promise<AccountPolicies> {
  const { stdout } = await promisify(execFile)(python, [SCRIPT, emulatorUrl], { maxBuffer: 1e8 });
  return JSON.parse(stdout) as AccountPolicies;
}

export const many = <T>(value: OneOrMany<T> | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];

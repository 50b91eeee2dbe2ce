import { Aws } from 'aws-cdk-lib';
import type { ClientPolicy, GuardrailConfig } from '../../lib/contract';
import { type ClientPolicyProps, EffortLevel } from '../../lib/router/governance/client-policy';
import type { GuardrailProps } from '../../lib/router/governance/guardrail';
import { residencyOf } from '../config-residency';
import { member } from '../member';

/** A team's policy as the construct takes it. */
export const policyProps = ({
  models,
  hosts,
  geographies,
  tools,
  mcpServers,
  effort,
  guardrail,
  ...same
}: ClientPolicy): ClientPolicyProps => ({
  ...same,
  models: models && [...models],
  hosts: hosts && [...hosts],
  geographies: geographies?.map(residencyOf),
  tools: tools && [...tools],
  mcpServers: mcpServers && [...mcpServers],
  effort: effort && member(EffortLevel, effort),
  guardrail: guardrail && guardrailProps(guardrail),
});

export const guardrailProps = ({ id, region, whenDown, ...same }: GuardrailConfig): GuardrailProps => ({
  ...same,
  // In the stack's account, wherever that is.
  guardrail: region === undefined ? id : `arn:${Aws.PARTITION}:bedrock:${region}:${Aws.ACCOUNT_ID}:guardrail/${id}`,
  failOpen: whenDown === 'open',
});

import type { ClientPolicy } from '../../lib/contract';
import { type ClientPolicyProps, EffortLevel } from '../../lib/router/governance/client-policy';
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
  ...same
}: ClientPolicy): ClientPolicyProps => ({
  ...same,
  models: models && [...models],
  hosts: hosts && [...hosts],
  geographies: geographies?.map(residencyOf),
  tools: tools && [...tools],
  mcpServers: mcpServers && [...mcpServers],
  effort: effort && member(EffortLevel, effort),
});

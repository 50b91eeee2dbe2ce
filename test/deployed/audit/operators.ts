import { evaluate } from '../iam/evaluate';
import type { AccountPolicies, DeployedRole } from '../iam/account-policies';
import { ACCOUNT, BREAK_GLASS, REGION } from '../stack/test-config';

/** Whoever has every right that there is, but for what resources themselves deny. */
const everything = (arn: string): DeployedRole => ({
  arn,
  trust: { Version: '2012-10-17', Statement: [] },
  policies: { everything: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } },
  boundary: {},
});
const OPERATOR = `arn:aws:iam::${ACCOUNT}:role/operator`;
const DEPLOYER = `arn:aws:iam::${ACCOUNT}:role/cdk-hnb659fds-cfn-exec-role-${ACCOUNT}-${REGION}`;

const CONTEXT = { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3', 'aws:RequestedRegion': REGION };

/** Asks IAM, by the policies that are deployed, for somebody whose own would allow all. */
export function operators(deployed: AccountPolicies) {
  const account = { ...deployed, roles: [...deployed.roles, ...[OPERATOR, DEPLOYER, BREAK_GLASS].map(everything)] };
  const as = (role: string) => async (action: string, resource: string) => {
    const principal = role.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/') + '/session';
    const context = { ...CONTEXT, 'aws:PrincipalArn': role };
    return evaluate({ principal, action, resource, context }, account);
  };
  return { operator: as(OPERATOR), deployer: as(DEPLOYER), breakGlass: as(BREAK_GLASS), role: as };
}

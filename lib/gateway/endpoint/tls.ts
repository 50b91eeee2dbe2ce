import {
  type CfnRestApi,
  EndpointAccessMode,
  type MTLSConfig,
  type RestApi,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigateway';
import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ValidationError } from '../../validation-error';

/** What every client of today's SDKs speaks: TLS 1.2 and 1.3. */
export const ANY_CLIENT = SecurityPolicy.TLS13_1_2_PQ_2025_09;
/** TLS 1.3 and nothing older. */
export const NEWEST_ONLY = SecurityPolicy.TLS13_1_3_2025_09;

/** API Gateway refuses the newer policies together with certificates of clients. */
export const WITH_CLIENT_CERTIFICATES = SecurityPolicy.TLS_1_2;

/** API Gateway takes the newer policies only together with a mode; the strict one also holds the host name against the one of the handshake. */
export const accessModeOf = (policy: SecurityPolicy): EndpointAccessMode | undefined =>
  policy.startsWith('SecurityPolicy_') ? EndpointAccessMode.STRICT : undefined;

/** A request by the name of a domain is negotiated by the policy of the API behind it, not by the domain's. */
export function requireTls(api: RestApi, policy: SecurityPolicy): void {
  const resource = api.node.defaultChild as CfnRestApi;
  resource.addPropertyOverride('SecurityPolicy', policy);
  const mode = accessModeOf(policy);
  if (mode !== undefined) resource.addPropertyOverride('EndpointAccessMode', mode);
}

/** What is refused at deployment, or taken for another kind of endpoint. */
export function checkTls(
  scope: Construct,
  { securityPolicy, mtls }: { securityPolicy?: SecurityPolicy; mtls?: MTLSConfig },
): void {
  if (securityPolicy === undefined || Token.isUnresolved(securityPolicy)) return;
  if (securityPolicy.endsWith('_EDGE')) {
    throw new ValidationError(
      scope,
      `'securityPolicy' is ${securityPolicy}, which is for Edge endpoints; the gateway's is Regional or private: take one of ` +
        `${NEWEST_ONLY}, ${ANY_CLIENT} and the others without EDGE in their name`,
    );
  }
  if (mtls !== undefined && accessModeOf(securityPolicy) !== undefined) {
    throw new ValidationError(
      scope,
      `'securityPolicy' is ${securityPolicy}, which API Gateway refuses together with 'mtls'; take ${WITH_CLIENT_CERTIFICATES}, or leave it out`,
    );
  }
}

import { ACCOUNT } from '../stack/test-config';

/** One thing that IAM is asked: may this principal do this with that, under these circumstances? */
export interface Access {
  /** A role's session, or an AWS service: `lambda.amazonaws.com`. */
  readonly principal: string;
  /** `secretsmanager:GetSecretValue` */
  readonly action: string;
  readonly resource: string;
  /** Condition keys and what the request has for them. */
  readonly context: Readonly<Record<string, string>>;
}

/** What of it a call itself says; who calls, and from where, comes on top. */
export type Asked = Pick<Access, 'action' | 'resource'> & Partial<Pick<Access, 'context'>>;

/** AWS's services say for whom they act. */
export const SAME_ACCOUNT = { 'aws:SourceAccount': ACCOUNT };

/** Each once, however often it is asked. */
export const accessKey = ({ principal, action, resource, context }: Access): string =>
  JSON.stringify([principal, action, resource, Object.entries(context).sort()]);

/** `arn:aws:sts::<account>:assumed-role/<role>/<session>` */
export const roleOf = (session: string): string =>
  session.replace(/^arn:aws:sts::(\d+):assumed-role\/([^/]+)\/.*$/, 'arn:aws:iam::$1:role/$2');

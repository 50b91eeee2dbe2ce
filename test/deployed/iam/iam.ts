import { createHash } from 'node:crypto';
import type { AwsSession } from '../../../local/hosts';
import { ACCOUNT, REGION } from '../stack/test-config';
import { accessKey, roleOf, SAME_ACCOUNT, type Access, type Asked } from './access';
import { readPolicies, type AccountPolicies, type Policies } from './account-policies';
import { evaluate, type Refusal } from './evaluate';

/** An access that somebody really asked for, and what came of it. */
export interface Recorded {
  readonly access: Access;
  readonly refusal: Refusal;
}

type Context = Access['context'];

/** Who may do what in the emulated account, by the policies that are deployed there; and who did what. */
export interface Iam {
  /** Of all roles that have been assumed, with the keys that they sign with. */
  readonly sessions: readonly AwsSession[];
  /** Everything that was asked, each once. */
  readonly ledger: readonly Recorded[];
  /** The policies as they are now. */
  account(): Promise<AccountPolicies>;
  /** They have changed. */
  forget(): void;
  /** An AWS service assumes a role; fails where the role does not let it. */
  assume(role: string, service: string, name: string, context?: Context): Promise<AwsSession>;
  /** Whether a session may do all of this; the first refusal, if one is. */
  refuses(session: AwsSession, asked: readonly Asked[], region: string): Promise<Refusal>;
  /** An AWS service does something in its own name; fails where it may not. */
  act(service: string, asked: Asked): Promise<void>;
}

/** `more`: policies of resources that the emulator does not keep. */
export function createIam(python: string, emulatorUrl: string, more: () => Policies = () => ({})): Iam {
  const sessions: AwsSession[] = [];
  const contexts = new Map<string, Context>();
  const ledger = new Map<string, Recorded>();
  const answers = new Map<string, Promise<Refusal>>();
  let policies: Promise<AccountPolicies> | undefined;
  const account = (): Promise<AccountPolicies> =>
    (policies ??= readPolicies(python, emulatorUrl).then((all) => ({
      ...all,
      resources: { ...all.resources, ...more() },
    })));

  const ask = async (access: Access): Promise<Refusal> => {
    const key = accessKey(access);
    const answer = answers.get(key) ?? account().then((all) => evaluate(access, all));
    answers.set(key, answer);
    const refusal = await answer;
    // What was refused once stays in the books.
    if (ledger.get(key)?.refusal === undefined) ledger.set(key, { access, refusal });
    return refusal;
  };
  const act = async (service: string, { action, resource, context }: Asked): Promise<void> => {
    const refusal = await ask({ principal: service, action, resource, context: { ...EVERYWHERE, ...context } });
    if (refusal !== undefined) throw new Error(refusal);
  };

  return {
    sessions,
    get ledger() {
      return [...ledger.values()];
    },
    account,
    forget() {
      policies = undefined;
      answers.clear();
    },
    act,
    async assume(role, service, name, context = {}) {
      await act(service, { action: 'sts:AssumeRole', resource: role, context: SAME_ACCOUNT });
      const session = sessionOf(role, name);
      if (!contexts.has(session.accessKeyId)) sessions.push(session);
      contexts.set(session.accessKeyId, context);
      return session;
    },
    async refuses({ arn, accessKeyId }, asked, region) {
      for (const { action, resource, context } of asked) {
        const own = { 'aws:PrincipalArn': roleOf(arn), 'aws:RequestedRegion': region, ...contexts.get(accessKeyId) };
        const refusal = await ask({
          principal: arn,
          action,
          resource,
          context: { ...EVERYWHERE, ...own, ...context },
        });
        if (refusal !== undefined) return refusal;
      }
      return undefined;
    },
  };
}

const EVERYWHERE: Context = { 'aws:SecureTransport': 'true', 'aws:RequestedRegion': REGION };

/** The same keys whenever the same is assumed: nobody here waits for them to expire. */
function sessionOf(role: string, name: string): AwsSession {
  const secretAccessKey = createHash('sha256').update(`${role} ${name}`).digest('hex');
  const arn = `arn:aws:sts::${ACCOUNT}:assumed-role/${role.split('/').at(-1)}/${name}`;
  const accessKeyId = `ASIA${secretAccessKey.slice(0, 16).toUpperCase()}`;
  return { accessKeyId, secretAccessKey, sessionToken: `token-${secretAccessKey.slice(16, 48)}`, arn };
}

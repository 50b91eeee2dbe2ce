import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedRequest } from '../../../local/hosts/requests/recorded-request';
import { type Asked, askedOfIam } from '../../bin/console/asked-of-iam';
import type { Checks } from '../../checks';
import type { Policy } from '../iam/account-policies';
import { evaluate } from '../iam/evaluate';
import type { SetUp } from '../set-up';
import { ACCOUNT } from '../stack/test-config';

const ROLE = `arn:aws:iam::${ACCOUNT}:role/console`;
const DOCS = join(__dirname, '../../../docs');
const policy = (name: string): Policy =>
  JSON.parse(readFileSync(join(DOCS, `console-${name}-policy.json`), 'utf8')) as Policy;
/** Rights that every caller has. */
const FREE = new Set(['sts:GetCallerIdentity']);

/** Every call that was made, asked of IAM for somebody who has the policies of the docs and no others. */
export async function checkRights({ check }: Checks, { iam }: SetUp, calls: readonly RecordedRequest[]): Promise<void> {
  const asked = new Map(
    calls.flatMap((call) => {
      const each = askedOfIam(call);
      return FREE.has(each.action) ? [] : [[JSON.stringify(each), each] as const];
    }),
  );
  await check(
    'the policies in the docs allow all that the console has asked AWS for, and the first one no change',
    async () => {
      const all = { read: policy('read'), operate: policy('operate') };
      assert.deepEqual(await refused(iam, all, [...asked.values()]), []);
      const writes = [...asked.values()].filter(({ action }) => /:(Put|Delete)/.test(action));
      assert.ok(writes.length > 0);
      assert.equal((await refused(iam, { read: all.read }, writes)).length, writes.length);
    },
  );
}

async function refused(
  iam: SetUp['iam'],
  policies: Readonly<Record<string, Policy>>,
  asked: readonly Asked[],
): Promise<string[]> {
  const account = await iam.account();
  const role = { arn: ROLE, trust: { Version: '2012-10-17', Statement: [] }, policies, boundary: {} };
  const principal = `${ROLE.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/operator`;
  const said = await Promise.all(
    asked.map((each) => evaluate({ principal, ...each, context: {} }, { ...account, roles: [...account.roles, role] })),
  );
  return said.flatMap((refusal) => refusal ?? []);
}

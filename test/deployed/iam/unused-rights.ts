import type { AccountPolicies } from './account-policies';
import { evaluate } from './evaluate';
import type { Recorded } from './iam';
import { rightsOf, type Right } from './rights';

/** Rights without which everything that was asked for is answered as it is with them. */
export async function unusedRights(account: AccountPolicies, ledger: readonly Recorded[]): Promise<string[]> {
  const now = new Map<Recorded, boolean>();
  for (const recorded of ledger) now.set(recorded, (await evaluate(recorded.access, account)) === undefined);
  const isUsed = async ({ effect, without, concerns }: Right): Promise<boolean> => {
    for (const [{ access }, isAllowed] of now) {
      // Without a right something is refused; without a prohibition something is let through.
      if (isAllowed !== (effect === 'Allow') || !concerns(access)) continue;
      if (((await evaluate(access, without)) === undefined) !== isAllowed) return true;
    }
    return false;
  };
  const unused: string[] = [];
  for (const right of rightsOf(account)) if (!(await isUsed(right))) unused.push(right.name);
  return unused;
}

import type { Estimate } from './estimate';
import { usd } from './report/words';
import type { ComparisonShell } from './shell';

/** What somebody has agreed to spend beforehand. */
export interface Wallet {
  readonly yes: boolean;
  /** USD. */
  readonly maxCost?: number;
}

/** Says what it will cost at most; throws an error where nobody agrees to it. */
export async function consent(
  { requests, usd: most, unpriced }: Estimate,
  { yes, maxCost }: Wallet,
  { tell, confirm }: Pick<ComparisonShell, 'tell' | 'confirm'>,
): Promise<void> {
  const unknown = unpriced.length === 0 ? '' : `, and what ${unpriced.join(', ')} may take, whose price is not known`;
  tell(`${requests} requests, which cost at most about ${usd(most)} at list prices${unknown}`);
  if (maxCost !== undefined && most > maxCost) {
    throw new Error(
      `that is more than --max-cost ${maxCost}: compare fewer links or requests, or give the requests smaller max_tokens`,
    );
  }
  if (yes || (maxCost !== undefined && unpriced.length === 0)) return;
  if (confirm === undefined) {
    throw new Error(
      maxCost === undefined
        ? 'nothing was sent, because nobody is here to agree: say --yes, or --max-cost <usd>'
        : `nothing was sent, because --max-cost cannot hold where no price is known: say --yes as well, or leave ${unpriced.join(', ')} out by --links`,
    );
  }
  if (!(await confirm('Send them?'))) throw new Error('nothing was sent');
}

import type { Link } from '../chain/plan';
import { byLuck, drawn } from './drawn';

/** Slower than another by less than this is no reason to leave: the difference is gone tomorrow, a prompt cache today. */
const BETTER = 1.3;
/** As slow as this, every conversation leaves. In between it is a share of them, so that a host that saturates is not swamped. */
const FAR_BETTER = 2;

/**
 * The chain's order, but for hosts that are slower than one of those behind them: the slower, the more conversations go past
 * them. To the faster of two that are drawn, so that not all go to the same one. `latencyOf`: undefined where nothing is known.
 * `isFit`: whether a host may be preferred for its speed.
 */
export function fastest(
  chain: readonly Link[],
  conversation: number,
  latencyOf: (link: Link) => number | undefined,
  isFit: (link: Link) => boolean,
): readonly Link[] {
  const speeds = new Map(chain.map((link) => [link, latencyOf(link)]));
  const times = (link: Link, other: Link): number => (speeds.get(link) ?? NaN) / (speeds.get(other) ?? NaN);
  const ordered: Link[] = [];
  let left = chain;
  while (left.length > 0) {
    const first = left[0]!;
    const faster = left.filter((link) => times(first, link) >= BETTER && isFit(link));
    const [one, two] = byLuck(faster, conversation);
    const better = one && two && times(one, two) >= BETTER ? two : one;
    const next = better && drawn(conversation, first) < leaving(times(first, better)) ? better : first;
    ordered.push(next);
    left = left.filter((link) => link !== next);
  }
  return ordered;
}

/** Share of the conversations that go past a host that is so many times as slow. */
const leaving = (times: number): number => (times - BETTER) / (FAR_BETTER - BETTER);

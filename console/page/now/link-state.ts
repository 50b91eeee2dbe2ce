import type { LinkNow, ModelNow } from '../../view/now';
import { stretch } from '../format';

export interface LinkState {
  /** For its colour: `well`, `ramp`, `away`, `drained`, `drill`. */
  readonly look: 'well' | 'ramp' | 'away' | 'drained' | 'drill';
  readonly words: string;
  readonly why?: string;
  /** Percent of its traffic, while it comes back. */
  readonly stage?: number;
}

const WORST_FIRST = ['open', 'cooling', 'half-open', 'ramping', 'healthy'] as const;
const WORDS: Readonly<Record<ModelNow['state'], (model: ModelNow, at: number) => string>> = {
  open: ({ until }, at) => (until === undefined ? 'rests' : `rests ${stretch(until - at)}`),
  cooling: ({ until }, at) => (until === undefined ? 'rests' : `rests ${stretch(until - at)}`),
  'half-open': () => 'is tried again',
  ramping: ({ stage = 0 }) => `back with ${Math.round(stage)} %`,
  healthy: () => 'well',
};
const LOOKS = { open: 'away', cooling: 'away', 'half-open': 'ramp', ramping: 'ramp', healthy: 'well' } as const;

/** What an operator has said of the host, else how its worst model stands. */
export function stateOf({ override, models }: LinkNow, at: number): LinkState {
  if (override?.action === 'drain' || override?.action === 'drill') {
    const look = override.action === 'drain' ? 'drained' : 'drill';
    return { look, words: `${look}, ${stretch(override.until - at)} left`, why: 'by an operator' };
  }
  const weight = override && `weight ${override.percent} % for ${stretch(override.until - at)}`;
  const worst = WORST_FIRST.flatMap((state) => models.filter((model) => model.state === state))[0];
  if (worst === undefined || worst.state === 'healthy')
    return { look: 'well', words: 'well', ...(weight && { why: weight }) };
  const ill = models.filter(({ state }) => state === worst.state).length;
  const part = models.length > 1 && ill < models.length ? `${ill} of ${models.length} models` : undefined;
  const why = [worst.reason, part, weight].filter((each) => each !== undefined).join(', ');
  return {
    look: LOOKS[worst.state],
    words: WORDS[worst.state](worst, at),
    ...(why !== '' && { why }),
    ...(worst.state === 'ramping' && worst.stage !== undefined && { stage: worst.stage }),
  };
}

import type { Fault } from '../../../local/hosts';
import type { HostName } from '../../e2e/host-setups';
import { advice, asked, atMost, type WallCheck, type WallCase } from './wall-case';

/** Of sixty tokens: the block's start comes before them. */
const AFTER_20: { readonly afterEvents: number } = { afterEvents: 21 };
const AFTER_40: { readonly afterEvents: number } = { afterEvents: 41 };

type Wire = 'anthropic' | 'bedrock' | 'vertex';
const CHAINS: Readonly<Record<Wire, readonly HostName[]>> = {
  anthropic: ['anthropic', 'anthropic'],
  /** InvokeModel's event stream. */
  bedrock: ['bedrock-invoke', 'anthropic'],
  vertex: ['vertex', 'anthropic'],
};

interface PublicFault extends Omit<WallCase, 'chain' | 'source' | 'faults' | 'checks'> {
  readonly faults: (wire: Wire) => WallCase['faults'];
  readonly checks: (wire: Wire) => readonly WallCheck[];
}

const primary = (fault: Fault) => () => [fault];
const always =
  (...checks: readonly WallCheck[]) =>
  () =>
    checks;

/**
 * failoverbench's sixteen faults, methodology 0.1, on Claude's wires. What differs: every host serves the same model, so
 * that a prompt too long for it is the caller's at once (S12), and the end marker is `message_stop` (S11). Bedrock and
 * Vertex never send retry-after (S01).
 */
const FAULTS: readonly PublicFault[] = [
  {
    id: 'S01',
    fault: '429 with Retry-After: 2, once',
    faults: (wire) => [{ kind: 'rate-limited', retryAfter: wire === 'anthropic' ? 2 : 0, times: 1 }],
    checks: (wire) => [
      ...(wire === 'anthropic'
        ? [
            advice({ check: 'attempts', host: 0, atLeast: 2 }),
            advice({ check: 'pause-before-retry', host: 0, atLeastS: 1.8 }),
          ]
        : []),
      { check: 'burst', host: 0, withinS: 1.5, atMost: 2 },
    ],
    hangsAfterS: 20,
  },
  {
    id: 'S02',
    fault: '429 without Retry-After, always',
    faults: primary({ kind: 'rate-limited', retryAfter: 0 }),
    checks: always({ check: 'burst', host: 0, withinS: 3, atMost: 4 }, atMost(0, 6)),
    hangsAfterS: 40,
  },
  {
    id: 'S03',
    fault: '500 once',
    faults: primary({ kind: 'server-error', times: 1 }),
    checks: always(advice({ check: 'attempts', host: 0, atLeast: 2 })),
    hangsAfterS: 20,
  },
  {
    id: 'S04',
    fault: '503 always',
    faults: primary({ kind: 'unavailable' }),
    checks: always(atMost(0, 6)),
    hangsAfterS: 40,
  },
  {
    id: 'S05',
    fault: 'TCP reset before headers, once',
    faults: primary({ kind: 'reset', times: 1 }),
    checks: always(),
    hangsAfterS: 20,
  },
  {
    id: 'S06',
    fault: 'accepts and never answers',
    faults: primary({ kind: 'hang' }),
    checks: always({ check: 'within', s: 100 }, advice(atMost(0, 1))),
    hangsAfterS: 130,
  },
  {
    id: 'S07',
    fault: 'headers at once, first token after 20 s',
    faults: primary({ kind: 'slow-first-token', ms: 20_000 }),
    checks: always(advice({ check: 'within', s: 15 })),
    hangsAfterS: 60,
  },
  {
    id: 'S08',
    fault: 'cut after 40 of 60 tokens',
    faults: primary({ kind: 'cut', ...AFTER_40 }),
    checks: always(),
    afterCommit: true,
    hangsAfterS: 40,
  },
  {
    id: 'S09',
    fault: 'silent after 20 tokens',
    faults: primary({ kind: 'stall', ...AFTER_20 }),
    checks: always({ check: 'within', s: 45 }, { check: 'alive' }),
    afterCommit: true,
    hangsAfterS: 70,
  },
  {
    id: 'S10',
    fault: 'a malformed event in the stream',
    faults: primary({ kind: 'malformed-event', afterEvents: 10 }),
    checks: always({ check: 'alive' }),
    afterCommit: true,
    hangsAfterS: 30,
  },
  {
    id: 'S11',
    fault: 'no end marker',
    faults: primary({ kind: 'end-without-stop' }),
    checks: always({ check: 'within', s: 8 }, advice({ check: 'usage' })),
    afterCommit: true,
    hangsAfterS: 30,
  },
  {
    id: 'S12',
    fault: '400, prompt too long for the model',
    faults: () => [{ kind: 'prompt-too-long' }, { kind: 'prompt-too-long' }],
    ideal: 'error',
    checks: always(asked(0, 1), { check: 'within', s: 5 }, { check: 'status', is: 400 }, advice(asked(1, 0))),
    hangsAfterS: 20,
  },
  {
    id: 'S13',
    fault: '400, blocked by the content policy',
    faults: primary({ kind: 'content-policy' }),
    ideal: 'error',
    checks: always(asked(0, 1)),
    hangsAfterS: 20,
  },
  {
    id: 'S14',
    fault: 'cut after 40 of 60 tokens, and the fallback rejects prefill',
    faults: () => [{ kind: 'cut', ...AFTER_40 }, { kind: 'no-prefill' }],
    checks: always({ check: 'no-prefill' }),
    afterCommit: true,
    hangsAfterS: 40,
  },
  {
    id: 'S15',
    fault: '503 for a minute, then healthy; 20 requests',
    faults: primary({ kind: 'unavailable' }),
    script: { kind: 'sequence', count: 20, everyS: 4, healAfterS: 60 },
    checks: always({ check: 'served-during-outage' }, { check: 'recovered', withinS: 30 }),
    hangsAfterS: 30,
  },
  {
    id: 'S16',
    fault: '503 always: who served, and what was used',
    faults: primary({ kind: 'unavailable' }),
    checks: always({ check: 'asked-model' }, { check: 'served-by', host: 1 }, advice({ check: 'usage' }), atMost(0, 6)),
    hangsAfterS: 40,
  },
];

export const PUBLIC_FAULTS: readonly WallCase[] = FAULTS.flatMap((fault) =>
  (Object.keys(CHAINS) as Wire[]).map((wire) => ({
    ...fault,
    id: `${fault.id} ${wire}`,
    source: `failoverbench ${fault.id}`,
    chain: CHAINS[wire],
    faults: fault.faults(wire),
    checks: fault.checks(wire),
  })),
);

import { BATCH_MS, type BatchWorld, HOUR_MS, MINUTE_MS, type Setup } from '../../e2e/batches/world';

/** Who fails, and when; whatever it is, each request is answered once and in order. */
export interface BatchCase {
  readonly name: string;
  readonly setup?: Partial<Setup>;
  /** Before the batch is made. */
  before?(world: BatchWorld): Promise<void>;
  /** While a host has it. */
  meanwhile?(world: BatchWorld): Promise<void>;
}

const trouble = (kind: 'overloaded' | 'expired') => ({
  anthropic: {
    batchTrouble: ({ messages }: Readonly<Record<string, unknown>>) =>
      /r[0369]\b/.test(JSON.stringify(messages)) ? kind : undefined,
  },
});

export const BATCH_CASES: readonly BatchCase[] = [
  { name: 'nobody fails' },
  {
    name: 'Anthropic is overloaded at the creation, and takes it later',
    async before(world) {
      await world.host('anthropic').setFault({ kind: 'overloaded' });
    },
    meanwhile: (world) => world.host('anthropic').setFault(),
  },
  {
    name: 'Anthropic refuses every creation',
    before: (world) => world.host('anthropic').setFault({ kind: 'refused' }),
  },
  {
    name: 'the answer to the creation is lost',
    before: (world) => world.host('anthropic').setFault({ kind: 'cut', times: 1 }),
  },
  {
    name: 'Anthropic is gone while it has the batch',
    setup: { batches: { fullPriceUsdPerDay: 100, patienceMs: HOUR_MS } },
    meanwhile: (world) => world.host('anthropic').setFault({ kind: 'refused' }),
  },
  { name: 'Anthropic is overloaded for some of the requests', setup: { simulated: trouble('overloaded') } },
  { name: 'some of the requests expire at Anthropic', setup: { simulated: trouble('expired') } },
  {
    name: 'the results break off',
    async meanwhile(world) {
      world.skip(BATCH_MS);
      await world.host('anthropic').setFault({ kind: 'cut', times: 2 });
    },
  },
  {
    name: 'the next host is down as well when it is asked, for a while',
    async before(world) {
      await world.host('anthropic').setFault({ kind: 'refused' });
      await world.host('foundry').setFault({ kind: 'overloaded' });
    },
    async meanwhile(world) {
      for (let minute = 0; minute < 15; minute += 1) {
        await world.tick();
        world.skip(MINUTE_MS);
      }
      await world.host('foundry').setFault();
    },
  },
];

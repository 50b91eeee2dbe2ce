import { setTimeout as sleep } from 'node:timers/promises';
import type { SdkOutcome, SdkProgram } from '../clients/client';
import { askAs } from '../question';

/** Clients that ask one question after the other, half of them streamed. */
export interface Traffic {
  /** Resolves with what they have seen. */
  end(): Promise<readonly SdkOutcome[]>;
}

const CLIENTS = 6;
const PAUSE_MS = 40;
/** Between two pieces: an answer takes a second or so, and is under way when something changes. */
const SLOW = 'Hello sim:delay=60';

export function startTraffic(client: SdkProgram, url: string, key: string): Traffic {
  const ask = askAs(client, { url }, key);
  const outcomes: SdkOutcome[] = [];
  let isOver = false;
  const clients = Array.from({ length: CLIENTS }, async (_, at) => {
    while (!isOver) {
      outcomes.push(await ask({ prompt: SLOW, stream: at % 2 === 0 }));
      await sleep(PAUSE_MS);
    }
  });
  return {
    async end() {
      isOver = true;
      await Promise.all(clients);
      return outcomes;
    },
  };
}

/** Requests that were not answered whole. */
export const lost = (outcomes: readonly SdkOutcome[]): readonly string[] =>
  outcomes.flatMap(({ error, stopReason }) =>
    error === undefined && stopReason === 'end_turn' ? [] : [error?.message ?? 'half an answer'],
  );

import { readAll } from '../../../lambda/engine/bytes';
import { sleep } from '../../../lambda/engine/time/deadline';
import { HostError } from '../../../lambda/engine/host';
import type { WireAnswer } from '../../../lambda/hosts/transport/exchange';
import { HOSTS } from '../world/chain';
import type { Policy } from './policy';

const ATTEMPTS = 2;
const BACKOFF_MS = 500;
const MAX_ERROR_BYTES = 1_000_000;

/** What is written first: each host in its turn, twice with a wait between; nothing is remembered, and a status 200 is an answer. */
export const naive: Policy = ({ clock, random, transport, chain }) => {
  const origins = chain.map((name) => transport.origin(HOSTS[name].endpoint));
  return async ({ method, path, headers, body }, signal) => {
    const request = { method, path, headers, body };
    let last: WireAnswer | undefined;
    for (const origin of origins) {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        if (attempt > 0) await sleep(clock, BACKOFF_MS * (0.5 + random()), signal);
        const answer = await origin.send(request, signal).catch(nothingFrom);
        if (answer?.status === 200) return { ...answer, process: 0 };
        last = answer ?? last;
      }
    }
    if (last === undefined) return { status: 502, headers: {}, body: new Uint8Array(), process: 0 };
    return { ...last, body: await readAll(last.body, MAX_ERROR_BYTES), process: 0 };
  };
};

function nothingFrom(error: unknown): undefined {
  if (error instanceof HostError) return undefined;
  throw error;
}

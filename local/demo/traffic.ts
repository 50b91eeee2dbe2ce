import Anthropic from '@anthropic-ai/sdk';
import type { CommitMode } from '../../lib/contract';
import { ask } from '../client/ask';
import type { DemoChain } from './demo-chain';
import type { Scoreboard } from './scoreboard';

/** Three to four requests a second. */
const EVERY_MS = 280;
const DIRECT_EVERY_MS = 1500;
const TIMEOUT_MS = 60_000;

const QUESTIONS = [
  'Why is the sky blue?',
  'What does a circuit breaker do?',
  'Name three rivers that flow north.',
  'How do I reverse a linked list?',
  'Summarise this release note in one line.',
  'What is a good name for a grey cat?',
] as const;

export interface Traffic {
  /** How the streams among the requests are committed. */
  commit: CommitMode;
  /** One more request. */
  send(): Promise<void>;
  start(): void;
  stop(): void;
}

/** The demo's client: the official SDK, told not to retry, so that whatever fails is seen. */
export function createTraffic(gateway: string, chain: DemoChain, board: Scoreboard): Traffic {
  const options = { apiKey: chain.key, authToken: null, maxRetries: 0, timeout: TIMEOUT_MS };
  const client = new Anthropic({ ...options, baseURL: gateway });
  const direct = chain.yardstick && new Anthropic({ ...options, baseURL: chain.yardstick.url });
  const timers: NodeJS.Timeout[] = [];
  let stopped = false;
  let count = 0;

  const question = (stream: boolean) => {
    // Each is a conversation of its own, so that a ramp takes its share of them.
    const text = `${QUESTIONS[count % QUESTIONS.length]} (conversation ${count})`;
    return { model: chain.model, text, stream, commit: traffic.commit, maxTokens: 200 };
  };
  const traffic: Traffic = {
    // A simulated stream may be cut; a real one should come as it comes.
    commit: direct ? 'complete' : 'first-content',
    async send() {
      count += 1;
      const served = await ask(client, question(count % 2 === 0));
      if (!stopped) board.request(served);
    },
    start() {
      timers.push(setInterval(() => void traffic.send(), EVERY_MS));
      if (direct === undefined) return;
      const measure = async (): Promise<void> => {
        const { totalMs, failure } = await ask(direct, question(true));
        if (failure === undefined) board.direct(totalMs);
      };
      timers.push(setInterval(() => void measure(), DIRECT_EVERY_MS));
    },
    stop() {
      stopped = true;
      timers.forEach(clearInterval);
    },
  };
  return traffic;
}

import type { Answer, Ending } from '../../engine/answer';
import type { Plan } from '../../engine/chain/plan';
import type { MessageAssembler } from '../../wire/anthropic/answer/assemble-message';
import { type Circumstances, keptAnswer, type KeptAnswer } from './kept-answer';
import { relay } from './relay';

export interface Giving {
  readonly plan: Pick<Plan, 'stream'>;
  /** Nobody waits for it any more. */
  readonly gone: AbortSignal;
  now(): number;
  readonly assembler: MessageAssembler;
}

/** `kept`: called once, before the client has the last of it; with nothing where it may not be kept. */
export function keptWhileGiven(
  answer: Answer,
  { plan, gone, now, assembler }: Giving,
  kept: (answer?: KeptAnswer) => void,
): Answer {
  const keep = (json: Uint8Array | undefined): void => {
    const circumstances: Circumstances = { at: now(), dropped: answer.dropped, adapted: answer.adapted };
    kept(json && keptAnswer(json, circumstances));
  };
  const { body, ended } = answer;
  const assembly = new Assembly(assembler);
  if (body instanceof Uint8Array) {
    if (plan.stream) assembly.add(body);
    keep(plan.stream ? assembly.json() : body);
    return answer;
  }
  const listener = {
    seen: (part: Uint8Array) => assembly.add(part),
    ended: async () => keep(isWhole(await ended) ? assembly.json() : undefined),
  };
  return { ...answer, body: relay(body, gone, listener) };
}

const isWhole = ({ failure }: Ending): boolean => failure === undefined;

/** The Message that a stream comes to. What cannot be one disturbs nobody: the client has the stream itself. */
class Assembly {
  #assembler: MessageAssembler | undefined;

  constructor(assembler: MessageAssembler) {
    this.#assembler = assembler;
  }

  add(part: Uint8Array): void {
    this.#attempt((assembler) => assembler.write(part));
  }

  json(): Uint8Array | undefined {
    return this.#attempt((assembler) => (assembler.complete ? new TextEncoder().encode(assembler.json()) : undefined));
  }

  #attempt<T>(work: (assembler: MessageAssembler) => T): T | undefined {
    try {
      return this.#assembler && work(this.#assembler);
    } catch {
      this.#assembler = undefined;
      return undefined;
    }
  }
}

/** What answers have usually been like, of one team and model. */
interface Usual {
  readonly tokensPerByte: number;
  readonly output: number;
}

/** Most of a text's tokens are four letters long; nothing is known of its answers. */
const FIRST: Usual = { tokensPerByte: 0.25, output: NaN };
const FIRST_OUTPUT = 4096;
/** So much of the next answer's figure goes into the average. */
const WEIGHT = 0.2;
/** An answer is seldom twice as long as usual. */
const ROOM = 2;
/** Clients choose models, front doors name teams: neither may grow it without end. */
const MOST = 10_000;

/** By what has been, what a request may cost: a guess that is put right when it is answered. */
export class UsualAnswers {
  readonly #known = new Map<string, Usual>();

  /** Tokens that a request may take, of which its body is so long. `maxTokens`: the most that it lets its answer have. */
  estimate(who: string, bytes: number, maxTokens: number): { readonly input: number; readonly output: number } {
    const { tokensPerByte, output } = this.#known.get(who) ?? FIRST;
    const usual = Number.isNaN(output) ? FIRST_OUTPUT : Math.ceil(output * ROOM);
    return { input: Math.ceil(bytes * tokensPerByte), output: Math.min(maxTokens, usual) };
  }

  learn(who: string, bytes: number, prompt: number, output: number): void {
    if (prompt <= 0 || bytes <= 0) return;
    const before = this.#known.get(who);
    const next = { tokensPerByte: prompt / bytes, output };
    if (before === undefined && this.#known.size >= MOST) this.#known.clear();
    this.#known.set(who, before === undefined ? next : mixed(before, next));
  }
}

const mixed = (before: Usual, next: Usual): Usual => ({
  tokensPerByte: before.tokensPerByte + WEIGHT * (next.tokensPerByte - before.tokensPerByte),
  output: before.output + WEIGHT * (next.output - before.output),
});

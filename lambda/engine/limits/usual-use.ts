/** How far one request moves what is held for usual. */
const WEIGHT = 0.2;
/** What nobody has asked anything yet is taken to need: the prompt by its bytes, the answer as a page of text. */
const FIRST = { perByte: 0.3, answer: 500 } as const;

/** What a team's requests have come to, by which the next one is estimated before its hosts have counted it. */
export class UsualUse {
  #perByte: number = FIRST.perByte;
  #answer: number = FIRST.answer;

  /** Tokens of a request with so many bytes, whose answer may take so many at the most. */
  estimate(bytes: number, most: number): number {
    return Math.ceil(bytes * this.#perByte + Math.min(most, this.#answer));
  }

  learn(bytes: number, input: number, output: number): void {
    if (bytes > 0) this.#perByte += WEIGHT * (input / bytes - this.#perByte);
    this.#answer += WEIGHT * (output - this.#answer);
  }
}

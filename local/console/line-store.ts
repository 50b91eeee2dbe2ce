import { readLine, type AttemptLine, type RequestLine } from '../../console/view/lines';

/** More than a day of the demo's own traffic. */
const MOST = 400_000;
const SPARE = MOST / 10;

/** The log of a gateway that runs in this process, the oldest first. */
export class LineStore {
  #requests: RequestLine[] = [];
  readonly #attempts = new Map<string, AttemptLine[]>();

  take(text: string): void {
    const line = readLine(text);
    if (line === undefined) return;
    if (line.kind === 'attempt') {
      this.#attempts.set(line.requestId, [...(this.#attempts.get(line.requestId) ?? []), line]);
      return;
    }
    this.#requests.push(line);
    if (this.#requests.length <= MOST) return;
    for (const { requestId } of this.#requests.splice(0, SPARE)) this.#attempts.delete(requestId);
  }

  between(from: number, to: number): readonly RequestLine[] {
    // Whoever looks wants the newest ones, which stand at the end.
    const first = this.#requests.findLastIndex(({ endedAt }) => endedAt < from) + 1;
    return this.#requests.slice(first).filter(({ endedAt }) => endedAt < to);
  }

  attemptsOf(requestId: string): readonly AttemptLine[] {
    return this.#attempts.get(requestId) ?? [];
  }
}

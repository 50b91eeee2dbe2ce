/** Fewer say nothing about what is usual. */
const LEAST_SAMPLES = 10;
/** Weight of a new time in the usual one: a slow hour becomes usual, a slow minute does not. */
const WEIGHT = 0.05;
/** Times the usual: three times is a busy afternoon, far more is a host that is going down. */
const RATIO = 8;
/** Sooner than this nobody is better off elsewhere. */
const LEAST_SLOW_MS = 8000;

/** Tells a first content that comes far later than a host's usual one. */
export class SlowStart {
  #usualMs = 0;
  #samples = 0;

  /**
   * True where it is far too late. Such a time does not become usual, once it is known what is.
   * `patienceMs`: after which the host would be given up; before anything is usual, half of it is too much.
   */
  isSlow(firstContentMs: number, patienceMs: number, isLearning: boolean): boolean {
    const isKnown = this.#samples >= LEAST_SAMPLES;
    const isSlow = firstContentMs > (isKnown ? Math.max(LEAST_SLOW_MS, this.#usualMs * RATIO) : patienceMs / 2);
    if (isLearning && !(isKnown && isSlow)) this.#learn(firstContentMs);
    return isSlow;
  }

  #learn(firstContentMs: number): void {
    const weight = Math.max(WEIGHT, 1 / (this.#samples + 1));
    this.#usualMs += (firstContentMs - this.#usualMs) * weight;
    this.#samples += 1;
  }
}

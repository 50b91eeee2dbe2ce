/** Fewer say nothing about what is usual. */
const LEAST_SAMPLES = 10;
/** A slow hour becomes usual, a slow minute does not, however many requests it has. */
const MEMORY_MS = 600_000;
/** Times the usual: three times is a busy afternoon, far more is a host that is going down. */
const RATIO = 8;
/** Sooner than this nobody is better off elsewhere. */
const LEAST_SLOW_MS = 8000;

/** Tells a first content that comes far later than a host's usual one. */
export class SlowStart {
  #usualMs = 0;
  #samples = 0;
  #learntAt = 0;

  /**
   * True where it is far too late. Such a time does not become usual, once it is known what is.
   * `patienceMs`: after which the host would be given up; before anything is usual, half of it is too much.
   */
  isSlow(firstContentMs: number, patienceMs: number, isLearning: boolean, now: number): boolean {
    const isKnown = this.#samples >= LEAST_SAMPLES;
    const isSlow = firstContentMs > (isKnown ? Math.max(LEAST_SLOW_MS, this.#usualMs * RATIO) : patienceMs / 2);
    if (isLearning && !(isKnown && isSlow)) this.#learn(firstContentMs, now);
    return isSlow;
  }

  #learn(firstContentMs: number, now: number): void {
    const passed = 1 - Math.exp(-(now - this.#learntAt) / MEMORY_MS);
    const weight = this.#samples < LEAST_SAMPLES ? 1 / (this.#samples + 1) : passed;
    this.#usualMs += (firstContentMs - this.#usualMs) * weight;
    this.#samples += 1;
    this.#learntAt = now;
  }
}

/** Enough of a first message to tell conversations apart, and little enough to cost nothing. */
const MAX_STEPS = 4096;

/** A number in [0, 1) that is the same for equal values, and far apart for others. */
export function shareOf(value: unknown): number {
  const hash = new Fnv1a();
  hash.add(value);
  return hash.share();
}

class Fnv1a {
  #hash = 0x811c9dc5;
  /** Counts characters and nested values alike, so that neither length nor depth can be abused. */
  #steps = 0;

  add(value: unknown): void {
    if (this.#steps++ >= MAX_STEPS) return;
    if (typeof value === 'object' && value !== null) {
      for (const field of Object.values(value)) {
        if (this.#steps >= MAX_STEPS) return;
        this.add(field);
      }
    } else this.#addText(String(value));
  }

  /** FNV's low bits are good and its high bits are not: the finish mixes them. */
  share(): number {
    let h = this.#hash;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
  }

  #addText(text: string): void {
    const length = Math.min(text.length, MAX_STEPS - this.#steps);
    for (let i = 0; i < length; i++) this.#hash = Math.imul(this.#hash ^ text.charCodeAt(i), 0x01000193);
    this.#steps += length;
  }
}

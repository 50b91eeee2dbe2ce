import { createHash } from 'node:crypto';

const MOST = 10_000;

/** Texts that a guardrail has let through lately, by their digests: a conversation comes back with all of its turns. */
export class PassedTexts {
  readonly #digests = new Set<string>();

  unknown(texts: readonly string[]): readonly string[] {
    return texts.filter((text) => text.trim() !== '' && !this.#digests.has(digest(text)));
  }

  add(texts: readonly string[]): void {
    for (const text of texts) {
      // The one that came first.
      if (this.#digests.size >= MOST) this.#digests.delete(this.#digests.values().next().value!);
      this.#digests.add(digest(text));
    }
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64');

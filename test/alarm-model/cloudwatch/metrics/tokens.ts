import { NotModelled } from '../alarm';

/** The words of an expression or a rule, one after the other. */
export class Tokens {
  readonly #words: readonly string[];
  #at = 0;

  /** `word`: sticky; its first group is the word, what else it takes is space. */
  constructor(
    private readonly text: string,
    word: RegExp,
  ) {
    const words: string[] = [];
    word.lastIndex = 0;
    while (word.lastIndex < text.trimEnd().length) {
      const from = word.lastIndex;
      const found = word.exec(text)?.[1];
      if (found === undefined) throw new NotModelled(`"${text.slice(from).trim()}" in "${text}"`);
      words.push(found);
    }
    this.#words = words;
  }

  peek(ahead = 0): string | undefined {
    return this.#words[this.#at + ahead];
  }

  next(): string {
    const word = this.#words[this.#at++];
    if (word === undefined) throw new NotModelled(`"${this.text}" ends too early`);
    return word;
  }

  /** Takes the next word if it is one of these. */
  take(...words: string[]): string | undefined {
    return words.includes(this.peek() ?? '') ? this.next() : undefined;
  }

  expect(...words: string[]): string {
    return this.take(...words) ?? this.fail(words.join(' or '));
  }

  fail(wanted: string): never {
    throw new NotModelled(`"${this.peek() ?? 'the end'}" instead of ${wanted} in "${this.text}"`);
  }

  /** `item, item, ...` up to the closing word. */
  listUntil<T>(closing: string, item: () => T): T[] {
    const items: T[] = [];
    if (this.take(closing)) return items;
    do items.push(item());
    while (this.expect(',', closing) === ',');
    return items;
  }

  end(): void {
    if (this.peek() !== undefined) this.fail('the end');
  }
}

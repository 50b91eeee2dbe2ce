export type Value = string | number | boolean | null;
/** The value of a field, or of what was named before. */
export type Line = (name: string) => Value;
export type Expression = (line: Line) => Value;

const TOKEN = /\s*(?:('(?:[^'\\]|\\.)*')|(\d+(?:\.\d+)?[a-z]?)|([\w@][\w@.]*)|(!=|[=*/()[\],-]))/y;

/** As much of the expressions of CloudWatch Logs Insights as this project's queries use; what is not known is an error. */
export class Parser {
  readonly #tokens: readonly string[];
  #at = 0;

  constructor(private readonly text: string) {
    const tokens: string[] = [];
    TOKEN.lastIndex = 0;
    for (let end = 0; text.slice(end).trim() !== ''; end = TOKEN.lastIndex) {
      const found = TOKEN.exec(text);
      if (found === null) throw new Error(`Logs Insights: '${text.slice(end)}' is not understood`);
      tokens.push(found[0].trim());
    }
    this.#tokens = tokens;
  }

  get next(): string | undefined {
    return this.#tokens[this.#at];
  }

  take(wanted?: string): string {
    const token = this.#tokens[this.#at];
    if (token === undefined || (wanted !== undefined && token !== wanted)) {
      throw new Error(`Logs Insights: '${wanted ?? 'more'}' is missing in '${this.text}'`);
    }
    this.#at += 1;
    return token;
  }

  /** Until a comma or the end. */
  list<T>(each: () => T): T[] {
    const all = [each()];
    while (this.next === ',') {
      this.take();
      all.push(each());
    }
    return all;
  }

  condition(): Expression {
    const any = [this.conjunction()];
    while (this.next === 'or') {
      this.take();
      any.push(this.conjunction());
    }
    return any.length === 1 ? any[0]! : (line) => any.some((each) => each(line) === true);
  }

  conjunction(): Expression {
    const all = [this.comparison()];
    while (this.next === 'and') {
      this.take();
      all.push(this.comparison());
    }
    return all.length === 1 ? all[0]! : (line) => all.every((each) => each(line) === true);
  }

  comparison(): Expression {
    const left = this.sum();
    const operator = this.next;
    if (operator === '=' || operator === '!=') {
      this.take();
      const right = this.sum();
      return (line) => (left(line) === right(line)) === (operator === '=');
    }
    if (operator !== 'in') return left;
    this.take();
    this.take('[');
    const options = this.list(() => this.sum());
    this.take(']');
    return (line) => options.some((option) => option(line) === left(line));
  }

  sum(): Expression {
    let left = this.product();
    while (this.next === '-') {
      this.take();
      const [first, second] = [left, this.product()];
      left = arithmetic(first, second, (one, other) => one - other);
    }
    return left;
  }

  product(): Expression {
    let left = this.term();
    while (this.next === '*' || this.next === '/') {
      const operator = this.take();
      const [first, second] = [left, this.term()];
      left = arithmetic(first, second, (one, other) => (operator === '*' ? one * other : one / other));
    }
    return left;
  }

  term(): Expression {
    const token = this.take();
    if (token === '(') {
      const inner = this.condition();
      this.take(')');
      return inner;
    }
    if (token.startsWith("'")) return () => token.slice(1, -1).replace(/\\(.)/g, '$1');
    if (/^\d/.test(token)) return () => Number(token);
    if (this.next !== '(') return (line) => line(token);
    this.take('(');
    const values = this.list(() => this.sum());
    this.take(')');
    const call = FUNCTIONS[token];
    if (call === undefined) throw new Error(`Logs Insights: the function '${token}' is not known here`);
    return (line) => call(values.map((value) => value(line)));
  }
}

/** What is missing makes all that is reckoned with it missing. */
const arithmetic =
  (one: Expression, other: Expression, reckon: (one: number, other: number) => number): Expression =>
  (line) => {
    const [left, right] = [one(line), other(line)];
    return left === null || right === null ? null : reckon(Number(left), Number(right));
  };

const FUNCTIONS: Readonly<Record<string, (values: readonly Value[]) => Value>> = {
  ispresent: ([value = null]) => value !== null,
  coalesce: (values) => values.find((value) => value !== null) ?? null,
  concat: (values) => (values.includes(null) ? null : values.join('')),
  strcontains: ([text = null, part = null]) => (text === null ? null : Number(String(text).includes(String(part)))),
};

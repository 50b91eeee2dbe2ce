import type { ModelPrice } from '../model';

/** What is known of a model that is not Claude's, where it is served. What is not known is not said. */
export interface OtherModel {
  /** Most tokens it writes: a server refuses a request for more. */
  readonly maxTokens?: number;
  /** Values of `reasoning_effort` that it takes. */
  readonly efforts?: readonly string[];
  readonly price?: OtherPrice;
}

/** List price. Writes to a cache cost what any input does. */
export interface OtherPrice extends Omit<ModelPrice, 'regional'> {
  /**
   * It is sold by geography: the factor of all but the global one.
   * @default - one price, where the table says
   */
  readonly regional?: number;
}

export type OtherModels = Readonly<Record<string, OtherModel>>;

/** USD per million tokens. A model without a cache reads at the price of its input. */
export const usd = (input: number, output: number, cacheRead = input): OtherPrice => ({
  input,
  output,
  cacheRead,
  cacheWrite5m: input,
  cacheWrite1h: input,
});

/** With another price for all of a request whose prompt is longer. */
export const usdByLength = (short: OtherPrice, above: number, long: OtherPrice): OtherPrice => ({
  ...short,
  longPrompt: { ...long, above },
});

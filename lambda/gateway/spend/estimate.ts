import type { BodyFields } from '../../engine/host';
import { unknownPrice } from './refusals';
import type { SpendParts } from './spend';

/** What is known of a request before it is answered. */
interface Asked {
  readonly client: string | undefined;
  readonly model: string;
  /** Where it may be answered, and by which model. */
  readonly places: readonly { readonly host: string; readonly model: string }[];
  readonly body: BodyFields;
  /** Of its body. */
  readonly bytes: number;
}

/** By whom answers are alike. */
export const usualKey = (client: string | undefined, model: string): string => `${client ?? ''} ${model}`;

/** What a request may cost, by the first place whose price is known. Refuses what nobody could count, unless that is to be free. */
export function estimateOf(
  { prices, usual, isUnknownFree }: Pick<SpendParts, 'prices' | 'usual' | 'isUnknownFree'>,
  { client, model, places, body, bytes }: Asked,
): number {
  // Hosts refuse what is less than nothing; until then it must not make room for others.
  const asked = Math.max(0, Number(body['max_tokens']) || 0);
  const { input, output } = usual.estimate(usualKey(client, model), bytes, asked);
  const usage = { input_tokens: input, output_tokens: output };
  for (const place of places) {
    const { micros } = prices.of(place.host, place.model, usage);
    if (micros !== undefined) return micros;
  }
  if (!isUnknownFree) throw unknownPrice(model);
  return 0;
}

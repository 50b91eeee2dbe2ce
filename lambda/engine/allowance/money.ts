/** Money is counted in whole millionths of a dollar: sums of them are exact. */
export const MICROS = 1_000_000;
const MICROS_A_CENT = MICROS / 100;

export const microsOf = (usd: number): number => Math.round(usd * MICROS);
export const microsOfCents = (cents: number): number => cents * MICROS_A_CENT;

/** US cents as a decimal, with up to three places, as limits are written in. */
export function centsOf(micros: number): string {
  return String(Math.round(micros / (MICROS_A_CENT / 1000)) / 1000);
}

export const usdText = (micros: number): string => `${(micros / MICROS).toFixed(2)} USD`;

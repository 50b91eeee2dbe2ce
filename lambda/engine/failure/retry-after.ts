import type { Headers } from '../headers';

const NUMBER = /^\d+(\.\d+)?$/;
/** Date.parse alone would take `-5` for a day in May. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

function scaled(value: string | undefined, factor: number): number | undefined {
  return value !== undefined && NUMBER.test(value) ? Number(value) * factor : undefined;
}

function untilDate(value: string | undefined, now: number): number | undefined {
  return value !== undefined && HTTP_DATE.test(value) ? Date.parse(value) - now : undefined;
}

/** How long the host asks to be left alone, uncapped; undefined when it does not say so in a readable way. */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const ms =
    scaled(headers['retry-after-ms']?.trim(), 1) ??
    scaled(headers['retry-after']?.trim(), 1000) ??
    untilDate(headers['retry-after']?.trim(), now);
  return ms !== undefined && Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}

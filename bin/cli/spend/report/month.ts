import { DAY_MS } from '../../../../lambda/functions/spend-report/days';

/** A calendar month by UTC, as far as it has passed. Times in milliseconds since the epoch. */
export interface Month {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export const month = (text: string): Month => monthAt(text, Date.now());

export function monthAt(text: string, now: number): Month {
  const [, year, number] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text) ?? [];
  if (year === undefined) throw new Error(`--month: '${text}' is not a month, such as 2026-11`);
  const [from, end] = [Date.UTC(Number(year), Number(number) - 1), Date.UTC(Number(year), Number(number))];
  if (from > now) throw new Error(`--month: ${text} has not begun`);
  return { name: text, from, to: Math.min(end, now) };
}

export const thisMonth = (): Month => month(new Date().toISOString().slice(0, 7));

/** A query a day: none takes long, and no row is lost that one answer has no room for. */
export function daysOf({ from, to }: Month): readonly { readonly from: number; readonly to: number }[] {
  const days = Math.ceil((to - from) / DAY_MS);
  return Array.from({ length: days }, (_, day) => ({
    from: from + day * DAY_MS,
    to: Math.min(from + (day + 1) * DAY_MS, to),
  }));
}

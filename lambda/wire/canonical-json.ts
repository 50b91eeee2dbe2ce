import { isObject } from '../engine/json';
import { COLON, endOfString, QUOTE } from './json-bytes';

/**
 * One text for all that say the same: without blanks, with sorted keys, and with numbers and letters written in one way. `value` is
 * what `json` was parsed to; top-level fields of `without` are left out. Undefined where parsing has lost something: digits of a number, or one of
 * two members of the same name.
 */
export function canonicalJson(
  json: Uint8Array,
  value: Readonly<Record<string, unknown>>,
  without: readonly string[] = [],
): string | undefined {
  if (isLossy(json, value)) return undefined;
  return written(Object.fromEntries(Object.entries(value).filter(([name]) => !without.includes(name))));
}

/** Whether a text says more than the value that it was parsed to. */
export function isLossy(json: Uint8Array, value: unknown): boolean {
  let members = 0;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at]!;
    if (byte === QUOTE) at = endOfString(json, at);
    else if (byte === COLON) members += 1;
    else if (startsNumber(byte)) {
      const end = numberEnd(json, at);
      if (!isExact(String.fromCharCode(...json.subarray(at, end)))) return true;
      at = end - 1;
    }
  }
  return members !== membersIn(value);
}

const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const LOWER_E = 0x65;
const UPPER_E = 0x45;
const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const startsNumber = (byte: number): boolean => byte === MINUS || isDigit(byte);
const inNumber = (byte: number): boolean =>
  startsNumber(byte) || byte === PLUS || byte === POINT || byte === LOWER_E || byte === UPPER_E;

/** No number that anybody means is longer, and what is cut off makes it one that is not exact. */
const LONGEST_NUMBER = 400;

function numberEnd(json: Uint8Array, start: number): number {
  let end = start;
  while (end < json.length && end - start < LONGEST_NUMBER && inNumber(json[end]!)) end++;
  return end;
}

const SHORT = /^-?[1-9]\d{0,14}$/;
const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Whether the number that it is parsed to is written with the same digits. */
function isExact(literal: string): boolean {
  if (literal === '0' || SHORT.test(literal)) return true;
  const read = decimal(literal);
  return read !== undefined && read === decimal(String(Number(literal)));
}

/** Sign, digits without zeros around them, and the power of ten behind them. */
function decimal(literal: string): string | undefined {
  const [, sign, whole, fraction = '', power = '0'] = NUMBER.exec(literal) ?? [];
  if (sign === undefined || whole === undefined) return undefined;
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const short = digits.replace(/0+$/, '');
  if (short === '') return `${sign}0`;
  return `${sign}${short}e${Number(power) - fraction.length + digits.length - short.length}`;
}

function membersIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + membersIn(each), 0);
  if (!isObject(value)) return 0;
  return Object.values(value).reduce<number>((sum, each) => sum + 1 + membersIn(each), 0);
}

function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${written(value[name])}`).join(',')}}`;
}

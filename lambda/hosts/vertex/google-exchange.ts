import { readAll } from '../../engine/bytes';
import { googleReason } from './error-form';
import type { Headers } from '../../engine/headers';
import { missingStep } from './missing-step';
import { isObject } from '../../engine/json';
import { errorText } from '../../runtime/error-text';
import type { HostDeps } from '../host-deps';

export const GOOGLE_SCOPE = 'https://www.googleapis.com/auth/cloud-platform';

/** What a token is fetched with. */
export type GoogleDeps = Pick<HostDeps, 'clock' | 'env' | 'transport'>;

const MAX_ANSWER_BYTES = 100_000;
/** Enough of Google's words to say why, too little for a token. */
const MAX_REASON = 200;
/** Whoever waits has a shorter limit of their own; this one lets the next fetch begin. */
const TIMEOUT_MS = 10_000;

type Fields = Readonly<Record<string, unknown>>;

/** One step on the way to a token. Its errors say which, and never what was sent. */
export async function googleExchange(
  step: string,
  url: string,
  headers: Headers,
  body: string,
  { transport, clock }: GoogleDeps,
): Promise<Fields> {
  const timeout = new AbortController();
  const timer = clock.timer(TIMEOUT_MS, () => timeout.abort());
  try {
    const request = { method: 'POST', path: '', headers, body: Buffer.from(body) };
    const answer = await transport.origin(url).send(request, timeout.signal);
    const fields = parsed(await readAll(answer.body, MAX_ANSWER_BYTES));
    if (answer.status === 200) return fields;
    throw new Error(`refused with status ${answer.status}: ${reason(fields)}`);
  } catch (error) {
    throw new Error(`Google ${step}: ${errorText(error)}`, { cause: error });
  } finally {
    timer.cancel();
  }
}

/** Reads a field that must be there. */
export function textField(fields: Fields, name: string, step: string): string {
  const value = fields[name];
  if (typeof value !== 'string' || value === '') throw new Error(`Google ${step}: the answer has no ${name}`);
  return value;
}

function parsed(bytes: Uint8Array): Fields {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString());
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** The token service writes `error` and `error_description`, the IAM service and Google's front `error.message` with details. */
function reason({ error, error_description: description }: Fields): string {
  const { message, details } = isObject(error) ? error : { message: description ?? error, details: undefined };
  const words = typeof message === 'string' ? message : 'no reason given';
  const step = missingStep(isObject(error) ? (googleReason(details) ?? '') : String(error), words);
  const said = words.slice(0, MAX_REASON);
  return step === undefined ? said : `${said} (${step})`;
}

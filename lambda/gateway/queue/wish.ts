import { QUEUE_HEADERS } from '../../../lib/contract/queue/queue';
import type { Headers } from '../../engine/headers';
import { GatewayError } from '../gateway-error';

/** How a client agrees to wait. */
export type Wish =
  | { readonly kind: 'at-once' }
  /** It stays for an answer for so long first. */
  | { readonly kind: 'after'; readonly waitMs: number }
  | { readonly kind: 'when-down' };

/** By `Prefer`, as RFC 7240 has it, or by our own header. Undefined for who waits for nothing. Throws a `GatewayError`. */
export function readWish(headers: Headers): Wish | undefined {
  const wish = preferred(headers['prefer']) ?? consented(headers[QUEUE_HEADERS.consent]);
  if (wish !== undefined) return wish;
  const idle = [QUEUE_HEADERS.deadline, QUEUE_HEADERS.webhook].find((name) => headers[name] !== undefined);
  if (idle === undefined) return undefined;
  throw new GatewayError(
    400,
    `${idle}: this request does not wait; send 'prefer: respond-async' with it, or leave it out`,
  );
}

function preferred(prefer: string | undefined): Wish | undefined {
  const preferences = new Map(
    (prefer ?? '').split(',').map((preference) => {
      const [name = '', value = ''] = preference.split(';', 1).join().split('=');
      return [name.trim().toLowerCase(), value.trim().replace(/^"(.*)"$/, '$1')] as const;
    }),
  );
  if (!preferences.has('respond-async')) return undefined;
  const wait = preferences.get('wait') ?? '';
  // What cannot be read of a preference is not preferred.
  const seconds = /^\d{1,6}$/.test(wait) ? Number(wait) : 0;
  return seconds === 0 ? { kind: 'at-once' } : { kind: 'after', waitMs: seconds * 1000 };
}

function consented(consent: string | undefined): Wish | undefined {
  if (consent === undefined || consent === 'no') return undefined;
  if (consent === 'yes') return { kind: 'when-down' };
  throw new GatewayError(400, `${QUEUE_HEADERS.consent}: '${consent.slice(0, 40)}' is not one of yes, no`);
}

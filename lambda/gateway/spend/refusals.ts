import { type ActiveLimit } from './limits/limits';
import { usdText } from '../../engine/allowance/money';
import { GatewayError } from '../gateway-error';
import type { OpenAllowance } from './table/allowances';

/** Anthropic's name for it, by which its SDKs know the error. */
export const SPENT = 'enforced_spend_limit_reached';

/** Until the window turns nothing helps but a higher limit. */
export function limitReached({ limit, window, allowance }: OpenAllowance, amount: number, now: number): GatewayError {
  const seconds = Math.max(1, Math.ceil((window.endsAt - now) / 1000));
  const used = allowance.known(Infinity);
  const left = used === undefined || used >= limit.share ? undefined : limit.share - used;
  const why =
    left === undefined
      ? 'is reached'
      : `has ${usdText(left)} left, and this request may cost ${usdText(amount)}; fewer max_tokens cost less`;
  return new GatewayError(
    429,
    `the ${limit.period} spend limit of ${whose(limit)}, ${usdText(limit.share)}, ${why}; it turns in ${seconds} s`,
    { 'retry-after': String(seconds), 'x-should-retry': 'false' },
    'rate_limit_error',
    { details: { error_code: SPENT } },
  );
}

const whose = ({ scope }: ActiveLimit): string =>
  ({
    gateway: 'the gateway',
    team: 'this team',
    user: 'this user',
    model: `model '${scope.type === 'model' ? scope.model : ''}'`,
  })[scope.type];

export const tableDown = (): GatewayError =>
  new GatewayError(
    503,
    'what has been spent is not known for the moment, and no request goes on without',
    { 'retry-after': '5', 'x-should-retry': 'true' },
    'api_error',
  );

export const unknownPrice = (model: string): GatewayError =>
  new GatewayError(
    403,
    `model '${model}' has no price, so that nobody could say what it costs; ask the gateway's operator to allow it ` +
      'with "spend": { "unknownPrice": "free" }, or take another model',
  );

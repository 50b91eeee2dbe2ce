import { createHash, timingSafeEqual } from 'node:crypto';
import { STEERING_HEADERS, type RouterConfig, type Steering } from '../../../lib/contract';
import type { RequestHead } from '../../engine/gateway';
import { gatewayKey } from './gateway-key';
import { keyDigests } from './key-digests';
import { GatewayError } from '../gateway-error';

export interface Client {
  readonly name: string | undefined;
  readonly may: ReadonlySet<Steering>;
  /** Sees and sets spend limits. @default false */
  readonly isOperator?: boolean | undefined;
}

const EVERYONE_MAY: readonly Steering[] = ['commit', 'budget'];

/** Who is asking: by the name the front door gives, or by a gateway key in `x-api-key` or `Authorization: Bearer`. */
export function createClientCheck(config: RouterConfig): (request: RequestHead) => Client {
  const base = config.steering ?? EVERYONE_MAY;
  const clients = (config.clients ?? []).map((client) => ({
    name: client.name,
    apiKeyId: client.apiKeyId,
    isOperator: client.operator,
    may: new Set([...base, ...(client.may ?? [])]),
    digests: keyDigests(client).map((digest) => Buffer.from(digest, 'hex')),
  }));
  const needsKey = clients.some(({ digests }) => digests.length > 0);
  const anyone = new Set(base);

  return (request) => {
    if (request.client !== undefined) {
      const known = clients.find(({ name, apiKeyId }) => name === request.client || apiKeyId === request.client);
      return known ?? { name: request.client, may: anyone };
    }
    if (!needsKey) return { name: undefined, may: anyone };
    const key = gatewayKey(request.headers);
    if (key === undefined) {
      throw new GatewayError(401, 'no gateway key: send it as x-api-key or as Authorization: Bearer <key>');
    }
    const digest = createHash('sha256').update(key).digest();
    const client = clients.find(({ digests }) => digests.some((known) => timingSafeEqual(known, digest)));
    if (!client) throw new GatewayError(401, 'invalid gateway key');
    return client;
  };
}

/** The steering headers of a request, refused where its client may not use them. */
export function readSteering(request: RequestHead, client: Client): Partial<Record<Steering, string>> {
  const steering: Partial<Record<Steering, string>> = {};
  for (const name of STEERINGS) {
    const value = request.headers[STEERING_HEADERS[name]];
    if (value === undefined) continue;
    if (!client.may.has(name) && !isDeclined(name, value)) {
      throw new GatewayError(
        403,
        `${STEERING_HEADERS[name]} is not allowed for ${client.name === undefined ? 'this client' : `client '${client.name}'`}; ` +
          `allow it in the router's configuration (clients[].may or steering)`,
      );
    }
    steering[name] = value;
  }
  return steering;
}

/** What a client does without is its own affair. */
const isDeclined = (name: Steering, value: string): boolean => name === 'last-resort' && value === DECLINED;

/** Whether another model than the one asked for may answer. */
export function agreesToOthers(client: Client, { 'last-resort': wish }: Partial<Record<Steering, string>>): boolean {
  if (wish !== undefined && wish !== DECLINED && wish !== 'yes') {
    throw new GatewayError(400, `${STEERING_HEADERS['last-resort']}: '${wish.slice(0, 40)}' is not one of yes, no`);
  }
  return wish !== DECLINED && client.may.has('last-resort');
}
const DECLINED = 'no';

const STEERINGS = Object.keys(STEERING_HEADERS) as Steering[];

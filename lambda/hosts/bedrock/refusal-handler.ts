import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { IncomingMessage } from 'node:http';
import type { Headers } from '../../engine/headers';

type Handle = NodeHttpHandler['handle'];

/** An error status, as it came over the wire. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly status: number,
    readonly headers: Headers,
    readonly answer: IncomingMessage,
  ) {
    super(`status ${status}`);
  }
}

/** Takes refusals out of the SDK's hands: it keeps no headers, and loses the words of errors it does not model. */
export class RefusalHandler extends NodeHttpHandler {
  override async handle(...args: Parameters<Handle>): ReturnType<Handle> {
    const answer = await super.handle(...args);
    const { statusCode, headers, body } = answer.response;
    if (statusCode >= 300) throw new Refusal(statusCode, headers, body);
    return answer;
  }
}

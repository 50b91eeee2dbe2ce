import type { APIGatewayProxyEvent, APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { GatewayRequest, GatewayResponse } from '../../engine/gateway';
import { anthropicError } from '../../wire/anthropic/error/envelope';
import { lambdaRequest } from './lambda-request';
import { urlRequest } from './url-request';

/** What stands before the function, by the shape of its event. */
export type FrontDoor =
  { readonly request: GatewayRequest; readonly streams: boolean } | { readonly refusal: GatewayResponse };

/** An HTTP API gives up after 30 s. */
const HTTP_API_MS = 29_000;

const NO_LOAD_BALANCER =
  'a load balancer cannot stream the answers of a Lambda function, and cuts them at 1 MB; put an API Gateway REST API ' +
  'with response streaming or a function URL before the router, or run `claude-failover serve` behind the load balancer';
const NO_REQUEST =
  'this event is no HTTP request; the router takes those of API Gateway REST APIs, HTTP APIs and function URLs';

export function frontDoor(event: unknown, context: Context): FrontDoor {
  try {
    return knownDoor(event, context) ?? refuse(400, NO_REQUEST, context);
  } catch {
    // The right shape with nonsense in it: whoever may invoke the function can write that.
    return refuse(400, NO_REQUEST, context);
  }
}

function knownDoor(event: unknown, context: Context): FrontDoor | undefined {
  if (isPlainRequest(event)) {
    if (event.requestContext && 'elb' in event.requestContext) return refuse(501, NO_LOAD_BALANCER, context);
    const request = lambdaRequest(event, context);
    return 'version' in event ? whole(request) : { request, streams: true };
  }
  if (!isUrlRequest(event)) return undefined;
  const request = urlRequest(event, context);
  return /\.lambda-url\./.test(event.requestContext.domainName ?? '') ? { request, streams: true } : whole(request);
}

/** Of an HTTP API, in either of its formats; the first has a `version` where a REST API's has none. */
function whole(request: GatewayRequest): FrontDoor {
  return {
    request: { ...request, timeLeftMs: Math.min(request.timeLeftMs ?? HTTP_API_MS, HTTP_API_MS) },
    streams: false,
  };
}

function refuse(status: number, message: string, { awsRequestId }: Context): FrontDoor {
  return { refusal: anthropicError(status, message, awsRequestId) };
}

function isPlainRequest(event: unknown): event is APIGatewayProxyEvent {
  return isObject(event) && typeof event['httpMethod'] === 'string' && typeof event['path'] === 'string';
}

function isUrlRequest(event: unknown): event is APIGatewayProxyEventV2 {
  if (!isObject(event) || typeof event['rawPath'] !== 'string' || !isObject(event['requestContext'])) return false;
  const { http } = event['requestContext'];
  return isObject(http) && typeof http['method'] === 'string';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

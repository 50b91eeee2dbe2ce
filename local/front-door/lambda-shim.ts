import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { installAwslambda, ResponseStream } from './response-stream';

/** Lambda's longest, and that of API Gateway's streams. */
export const LIMIT_MS = 900_000;

/** One environment that, unlike Lambda's, takes many invocations at a time. */
export interface LambdaFunction {
  /** The raw streamed response. Fails as the handler fails; destroying it tells the handler that nobody reads on. */
  invoke(event: APIGatewayProxyEvent): Readable;
}

export type StreamingHandler = (
  event: APIGatewayProxyEvent,
  stream: ResponseStream,
  context: Context,
) => Promise<void> | void;

/** Runs the bundle as it is deployed. Fails as a function's first start would. */
export async function loadLambda(bundle: URL): Promise<LambdaFunction> {
  installAwslambda();
  const { handler } = (await import(bundle.href)) as { readonly handler: StreamingHandler };
  return createLambda(handler);
}

export function createLambda(handler: StreamingHandler): LambdaFunction {
  return {
    invoke(event) {
      const stream = new ResponseStream();
      const run = async (): Promise<void> => handler(event, stream, createContext());
      run().catch((error: unknown) => stream.destroy(error instanceof Error ? error : new Error(String(error))));
      return stream;
    },
  };
}

function createContext(): Context {
  const end = Date.now() + LIMIT_MS;
  const name = 'router';
  return {
    awsRequestId: randomUUID(),
    callbackWaitsForEmptyEventLoop: false,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
    memoryLimitInMB: '1024',
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => end - Date.now(),
    done: () => {},
    fail: () => {},
    succeed: () => {},
  };
}

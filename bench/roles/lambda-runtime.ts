import type { Writable } from 'node:stream';

/** As much of Lambda's runtime as the router's bundle needs, to be started in a fresh process. */
export function installLambdaRuntime(): void {
  const streaming = {
    streamifyResponse: (handler: unknown) => handler,
    HttpResponseStream: { from: (stream: Writable) => stream },
  };
  Object.assign(globalThis, { awslambda: streaming });
}

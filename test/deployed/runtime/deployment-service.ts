import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer, json } from 'node:stream/consumers';
import { openServer } from '../../../local/loopback/open-server';
import { invocation } from '../../functions/pre-traffic/lambda-service';
import type { FunctionPool } from './function-pool';

/** What of AWS a pre-traffic hook calls, and the emulator does not do: Lambda that runs, and CodeDeploy that waits for a verdict. */
export interface DeploymentService {
  readonly url: string;
  readonly verdicts: readonly object[];
  close(): Promise<void>;
}

const VERDICT = 'CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus';
const INVOKE = /^\/2021-11-15\/functions\/([^/]+)\/response-streaming-invocations$/;

/** `versions`: by the ARN under which each is invoked. They end with the service. */
export async function startDeploymentService(versions: ReadonlyMap<string, FunctionPool>): Promise<DeploymentService> {
  const verdicts: object[] = [];

  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = (await json(message)) as object;
    if (message.headers['x-amz-target'] === VERDICT) {
      verdicts.push(body);
      return void response.end('{}');
    }
    const [, arn = ''] = INVOKE.exec(message.url ?? '') ?? [];
    const router = versions.get(decodeURIComponent(arn));
    if (router === undefined) return void response.writeHead(404).end(`there is no ${message.url}`);
    invocation(await buffer(await router.invoke(body)))(response);
  };

  const server = createServer((message, response) => {
    handle(message, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  const { url, close } = await openServer(server);
  return {
    url,
    verdicts,
    async close() {
      await close();
      await Promise.all([...versions.values()].map((router) => router.close()));
    },
  };
}

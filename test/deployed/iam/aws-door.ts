import { once } from 'node:events';
import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { verifySignature } from '../../../local/hosts/aws/signature';
import { readRequest, takeApart, type RecordedRequest } from '../../../local/hosts/requests/recorded-request';
import { openServer, type OpenServer } from '../../../local/loopback/open-server';
import { accessDenied, wrongSignature, type AwsError } from './access-denied';
import { askedOf } from './aws-calls';
import type { Iam } from './iam';

const serviceOf = ({ headers }: RecordedRequest): string => SCOPE.exec(headers['authorization'] ?? '')?.[1] ?? '';
const SCOPE = /Credential=[^/]+\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/;

/** The way to an AWS that asks IAM: lets through what the role that has signed may do, and refuses the rest as AWS does. */
export async function startAwsDoor(iam: Iam, behind: (service: string) => string): Promise<OpenServer> {
  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const entry = await readRequest(message);
    const refusal = await refuse(iam, entry);
    if (refusal) return void response.writeHead(refusal.status, refusal.headers).end(refusal.body);
    // The emulator keeps no traces, and nobody looks at them here.
    if (serviceOf(entry) === 'xray') return void response.writeHead(200).end('{}');
    const { method, path, headers, body } = entry;
    const url = new URL(path, behind(serviceOf(entry)));
    // By its own name: so the emulator finds a bucket in the path.
    const outgoing = send(url, { method, headers: { ...headers, host: url.host } }).end(body);
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    await pipeline(answer, response);
  };
  const server = createServer((message, response) => {
    handle(message, response).catch((error: unknown) => {
      // Whoever asked has left.
      if (response.destroyed) return;
      console.error(`        on the way to AWS: ${String(error)}`);
      if (response.headersSent) return void response.destroy();
      response.writeHead(500).end(String(error));
    });
  });
  return openServer(server);
}

async function refuse(iam: Iam, entry: RecordedRequest): Promise<AwsError | undefined> {
  const request = takeApart(entry);
  const signature = verifySignature(request, iam);
  if ('wrong' in signature) {
    return wrongSignature(serviceOf(entry), signature.wrong);
  }
  const { session, service, region } = signature;
  const asked = askedOf({ service, region, request, account: await iam.account() });
  const refusal = await iam.refuses(session, asked, region);
  return refusal === undefined ? undefined : accessDenied(service, refusal);
}

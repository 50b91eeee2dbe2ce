import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeAws {
  readonly url: string;
  /** `service action`, in the order in which they were asked. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Answers by `service action`: a text is XML, an object is JSON, a number with a name is an error. */
export type AwsAnswers = Readonly<Record<string, string | object | AwsError>>;
export class AwsError {
  constructor(
    readonly status: number,
    readonly type: string,
  ) {}
}

/** AWS as its SDK clients see it: the query protocol, JSON by target, and REST, each with canned answers of the real form. */
export async function startFakeAws(answers: AwsAnswers): Promise<FakeAws> {
  const asked: string[] = [];
  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const question = await ask(message);
    asked.push(question);
    const answer = answers[question] ?? new AwsError(403, 'AccessDeniedException');
    if (answer instanceof AwsError) {
      response.writeHead(answer.status, { 'x-amzn-errortype': answer.type, 'content-type': 'application/json' });
      response.end(JSON.stringify({ __type: answer.type, message: `fake ${answer.type}` }));
    } else {
      const isXml = typeof answer === 'string';
      response.writeHead(200, { 'content-type': isXml ? 'text/xml' : 'application/json' });
      response.end(isXml ? answer : JSON.stringify(answer));
    }
  };
  const server = createServer((message, response) => void serve(message, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function ask(message: IncomingMessage): Promise<string> {
  let body = '';
  for await (const part of message) body += String(part);
  const service = /\/\d{8}\/[a-z0-9-]+\/([a-z0-9-]+)\/aws4_request/.exec(message.headers.authorization ?? '')?.[1];
  const target = message.headers['x-amz-target'];
  if (typeof target === 'string') return `${service} ${target.split('.').at(-1)}`;
  const action = new URLSearchParams(body).get('Action');
  return `${service} ${action ?? decodeURIComponent(message.url ?? '')}`;
}

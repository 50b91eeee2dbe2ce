import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { openServer } from '../../../local/loopback/open-server';

/** What a router writes to Firehose and to the bucket of contents, on loopback. */
export interface FakeFirehose {
  /** By which a router finds it. */
  readonly env: Readonly<Record<string, string>>;
  /** Records as they were taken, in their order. */
  readonly lines: string[];
  /** Records of Firehose a call. */
  readonly calls: number[];
  /** Path and body of each object. */
  readonly objects: Map<string, string>;
  readonly checksums: string[];
  /** Nothing is taken any more; of `part`, every second record. */
  fail(how: 'all' | 'part' | 'none'): void;
  close(): Promise<void>;
}

interface Data {
  readonly Data: string;
}

export async function startFirehose(): Promise<FakeFirehose> {
  let failing: 'all' | 'part' | 'none' = 'none';
  const lines: string[] = [];
  const calls: number[] = [];
  const objects = new Map<string, string>();
  const checksums: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    if (failing === 'all') return void response.writeHead(400).end('{"__type":"ServiceUnavailableException"}');
    if (request.method === 'PUT') {
      objects.set(request.url ?? '', body);
      checksums.push(String(request.headers['x-amz-checksum-sha256']));
      return void response.end();
    }
    const { Record, Records = [Record!] } = JSON.parse(body) as { Record?: Data; Records?: Data[] };
    calls.push(Records.length);
    const taken = Records.map((_, index) => failing === 'none' || index % 2 === 1);
    for (const [index, { Data }] of Records.entries()) {
      if (taken[index]) lines.push(...Buffer.from(Data, 'base64').toString().trimEnd().split('\n'));
    }
    const RequestResponses = taken.map((ok) => (ok ? { RecordId: '1' } : { ErrorCode: 'ServiceUnavailableException' }));
    response.end(JSON.stringify({ FailedPutCount: taken.filter((ok) => !ok).length, RequestResponses }));
  };
  const server = await openServer(createServer((request, response) => void answer(request, response)));
  return {
    env: { AWS_ENDPOINT_URL_FIREHOSE: server.url, AWS_ENDPOINT_URL_S3: server.url },
    lines,
    calls,
    objects,
    checksums,
    fail: (how) => void (failing = how),
    close: () => server.close(),
  };
}

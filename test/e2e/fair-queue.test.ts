import { createHash } from 'node:crypto';
import { until } from '../local/hosts/caller';
import { useGateway } from './harness';
import { BODY, expectCompleteStream, post, STREAMED } from './raw-client';
import { onPlainServer } from './on-plain-server';

const start = useGateway();
const client = (name: string) => ({ name, keySha256: createHash('sha256').update(`${name} key`).digest('hex') });
const as = (name: string) => ({ headers: { 'x-api-key': `${name} key` } });

onPlainServer('a team with one request is served within its turn while another has many under way', async () => {
  const gateway = await start({
    chain: ['anthropic'],
    config: { fairQueue: { concurrent: 2 }, clients: [client('many'), client('one')] },
  });
  await gateway.host('anthropic').setFault({ kind: 'slow-first-token', ms: 60 });
  const ended: string[] = [];
  const ask = (name: string, body: object) =>
    post(gateway, body, as(name)).then((answer) => {
      ended.push(name);
      return answer;
    });
  const many = Array.from({ length: 30 }, () => ask('many', BODY));
  await until(() => gateway.calls('anthropic').length === 2, 'two are under way');
  expectCompleteStream(await ask('one', STREAMED));
  // Those that were under way, and one beside it.
  expect(ended.indexOf('one')).toBeLessThanOrEqual(4);
  for (const answer of await Promise.all(many)) expect(answer.status).toBe(200);
});

import { MODEL, useGateway, type Setup, type TestGateway } from './harness';
import { call } from './raw-client';

const startGateway = useGateway();
const start = ({ config, ...setup }: Setup): Promise<TestGateway> =>
  startGateway({ ...setup, config: { stateful: true, ...config } });

describe('a batch', () => {
  const batch = (...models: unknown[]) => ({
    requests: models.map((model, at) => ({
      custom_id: `c${at}`,
      params: { max_tokens: 9, model, messages: [{ role: 'user', content: 'model' }] },
    })),
  });
  const create = (gateway: TestGateway, body: string) =>
    call(gateway, { method: 'POST', path: '/v1/messages/batches', body });

  it('may ask for the models its client may ask for, by Anthropic’s names', async () => {
    const gateway = await start({ chain: ['anthropic'] });
    expect((await create(gateway, JSON.stringify(batch(MODEL, 'claude-haiku-4-5')))).status).toBe(200);
    expect(gateway.counts()).toEqual({ anthropic: 1 });
  });

  it.each([
    ['a model that is not served', JSON.stringify(batch(MODEL, 'claude-opus-4-8'))],
    ['the same, its key in escapes', JSON.stringify(batch('claude-opus-4-8')).replace('"model"', '"\\u006dodel"')],
    [
      'the same, hidden behind a second one',
      JSON.stringify(batch('claude-opus-4-8')).replace('"model":', `"model":"${MODEL}","model":`),
    ],
    ['a name that only this gateway knows', JSON.stringify(batch(`${MODEL}[1m]`))],
  ])('that asks for %s is refused before the host has it', async (_what, body) => {
    const gateway = await start({ chain: ['anthropic'] });
    const { status, json } = await create(gateway, body);
    expect(status).toBe(404);
    expect(json).toMatchObject({ error: { message: expect.stringContaining('requests.*.params.model') } });
    expect(gateway.counts()).toEqual({ anthropic: 0 });
  });

  it('of another encoding, which could hide its models, is refused', async () => {
    const gateway = await start({ chain: ['anthropic'] });
    const body = Buffer.from(JSON.stringify(batch('claude-opus-4-8')), 'utf16le');
    expect((await call(gateway, { method: 'POST', path: '/v1/messages/batches', body })).status).toBe(400);
    expect(gateway.counts()).toEqual({ anthropic: 0 });
  });

  it('may not take a model where its route does not go', async () => {
    const routes = [{ models: ['claude-haiku-*'], chain: ['bedrock'] }, { chain: ['anthropic'] }];
    const gateway = await start({ chain: ['anthropic', 'bedrock'], config: { routes } });
    expect((await create(gateway, JSON.stringify(batch(MODEL)))).status).toBe(200);
    expect((await create(gateway, JSON.stringify(batch('claude-haiku-4-5')))).status).toBe(403);
    expect(gateway.counts()).toEqual({ anthropic: 1, bedrock: 0 });
  });
});

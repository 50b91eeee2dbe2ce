import OpenAI from 'openai';
import { createHandler } from '../../lambda/functions/router/handler';
import { parseConfig } from '../../lambda/gateway/config/config';
import { createRouter } from '../../lambda/gateway/create-router';
import { startSimulatedHost } from '../../local/hosts';
import { startFrontDoor } from '../../local/front-door/front-door';
import { createLambda } from '../../local/front-door/lambda-shim';
import { installAwslambda } from '../../local/front-door/response-stream';
import { MODEL } from './harness';
import { ENV, HOST_SETUPS } from './host-setups';

installAwslambda();

const close: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of close.splice(0).reverse()) await each();
});

/** A REST API with response streaming before the router's handler. */
async function deployed(): Promise<OpenAI> {
  const { simulated, config: hostConfig } = HOST_SETUPS.anthropic;
  const host = await startSimulatedHost({ name: 'anthropic', deltaDelayMs: 0, ...simulated });
  const config = parseConfig(
    JSON.stringify({
      hosts: [hostConfig(host.url)],
      models: [MODEL],
      routes: [{ chain: ['anthropic'] }],
      telemetry: { logs: false, metrics: false },
    }),
  );
  const router = createRouter(config, ENV);
  const door = await startFrontDoor(createLambda(createHandler(router)), 0);
  close.push(
    () => host.close(),
    () => router.close(),
    () => door.close(),
  );
  return new OpenAI({ baseURL: `${door.url}/v1`, apiKey: 'any', maxRetries: 0 });
}

it("OpenAI's wires stream through API Gateway and Lambda, and their errors are theirs there too", async () => {
  const client = await deployed();
  const response = await client.responses.stream({ model: MODEL, input: 'Hello' }).finalResponse();
  expect(response.output_text).toContain('“Hello”');
  const messages = [{ role: 'user' as const, content: 'Hello' }];
  const chat = await client.chat.completions.stream({ model: MODEL, messages }).finalChatCompletion();
  expect(chat.choices[0]?.message.content).toBe(response.output_text);
  expect((await client.responses.create({ model: MODEL, input: 'Hello' })).output_text).toBe(response.output_text);
  await expect(client.responses.create({ model: 'gpt-9', input: 'Hello' })).rejects.toBeInstanceOf(
    OpenAI.NotFoundError,
  );
});

import assert from 'node:assert/strict';
import OpenAI, { AuthenticationError } from 'openai';
import { devDependencies } from '../../../package.json';
import type { Checks } from '../../checks';
import type { DeployedGateway } from '../gateway/start-deployed-gateway';
import { keyOf } from '../question';
import type { SetUp } from '../set-up';
import { MODEL } from '../stack/test-config';

const WHOLE = /would show\.$/;
const CHAT = { model: MODEL, messages: [{ role: 'user' as const, content: 'Hello' }] };
const RESPONSES = { model: MODEL, input: 'Hello' };

/** OpenAI's doors, by the paths and the authorizer that are deployed: the gateway key goes as Bearer. */
export async function checkOpenAi({ check }: Checks, { chain }: SetUp, gateway: DeployedGateway): Promise<void> {
  const name = `OpenAI SDK ${devDependencies.openai}`;
  const connect = (apiKey: string) =>
    new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey, maxRetries: 0, logLevel: 'off' });
  const client = connect(keyOf(gateway, 'product'));
  const askAll = async (): Promise<(string | null | undefined)[]> => [
    (await client.chat.completions.create(CHAT)).choices[0]?.message.content,
    (await client.chat.completions.stream(CHAT).finalChatCompletion()).choices[0]?.message.content,
    (await client.responses.create(RESPONSES)).output_text,
    (await client.responses.stream(RESPONSES).finalResponse()).output_text,
  ];
  await gateway.forget();

  await check(
    `${name}: chat and responses are answered whole and streamed, also while the primary is down`,
    async () => {
      for (const isDown of [false, true]) {
        if (isDown) await chain.host('anthropic').setFault({ kind: 'overloaded' });
        for (const text of await askAll()) assert.match(text ?? '', WHOLE);
      }
      const { response } = await client.chat.completions.create(CHAT).withResponse();
      assert.equal(response.headers.get('x-failover-host'), 'bedrock-us-east-1');
      await chain.heal();
    },
  );

  await check(`${name}: models are listed in its own form, and a wrong key is an authentication error`, async () => {
    assert.ok((await client.models.list()).data.some(({ id, object }) => id === MODEL && object === 'model'));
    await assert.rejects(connect('a-key-that-nobody-has-given').responses.create(RESPONSES), AuthenticationError);
  });
}

import { Agent, applyPatchTool, OpenAIProvider, Runner, shellTool, tool } from '@openai/agents';
import { z } from 'zod';
import { GATEWAY_KEY, MODEL, type TestGateway, useGateway } from './harness';

const start = useGateway();

const runnerOf = ({ url }: TestGateway): Runner =>
  new Runner({
    modelProvider: new OpenAIProvider({ apiKey: GATEWAY_KEY, baseURL: `${url}/v1` }),
    tracingDisabled: true,
  });

const weather = tool({
  name: 'get_weather',
  description: 'The weather in a city',
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => `Sunny in ${city}`,
});

describe('the OpenAI Agents SDK', () => {
  it.each(['whole', 'streamed'])('runs an agent with a tool, %s, while its first host is down', async (form) => {
    const gateway = await start({ chain: ['foundry', 'anthropic'] });
    await gateway.host('foundry').setFault({ kind: 'overloaded' });
    const agent = new Agent({ name: 'Guide', instructions: 'Help.', model: MODEL, tools: [weather] });
    const runner = runnerOf(gateway);
    let said: unknown;
    if (form === 'whole') said = (await runner.run(agent, 'Weather in Paris?')).finalOutput;
    else {
      const stream = await runner.run(agent, 'Weather in Paris?', { stream: true });
      for await (const _event of stream);
      await stream.completed;
      said = stream.finalOutput;
    }
    expect(said).toContain('The tool has answered');
    const [, last] = gateway.calls('anthropic').map(({ body }) => JSON.parse(new TextDecoder().decode(body)) as object);
    expect(last).toMatchObject({
      messages: [
        {},
        { role: 'assistant' },
        { role: 'user', content: [{ type: 'tool_result', content: [{ text: 'Sunny in sample city' }] }] },
      ],
    });
  });

  it('hands over to another agent', async () => {
    const gateway = await start({ chain: ['anthropic'] });
    const other = new Agent({ name: 'Other', model: MODEL });
    const agent = Agent.create({ name: 'First', model: MODEL, handoffs: [other] });
    const { finalOutput, lastAgent } = await runnerOf(gateway).run(agent, 'Hello');
    expect(lastAgent?.name).toBe('Other');
    expect(finalOutput).toMatch(/./);
  });

  it('gets its structured output', async () => {
    const gateway = await start({ chain: ['anthropic'] });
    const agent = new Agent({ name: 'Place', model: MODEL, outputType: z.object({ city: z.string() }) });
    expect((await runnerOf(gateway).run(agent, 'Where?')).finalOutput).toEqual({ city: 'sample city' });
  });

  it('has a shell and patches of its own asked for', async () => {
    const gateway = await start({ chain: ['anthropic'] });
    const ran: unknown[] = [];
    const shell = shellTool({
      shell: {
        run: async ({ commands }) => {
          ran.push(commands);
          return { output: [{ stdout: 'a.txt', stderr: '', outcome: { type: 'exit' as const, exitCode: 0 } }] };
        },
      },
    });
    const editor = {
      createFile: async (operation: unknown) => void ran.push(operation),
      updateFile: async () => undefined,
      deleteFile: async () => undefined,
    };
    for (const each of [shell, applyPatchTool({ editor })]) {
      const agent = new Agent({ name: 'Coder', model: MODEL, tools: [each] });
      expect((await runnerOf(gateway).run(agent, 'List the files.')).finalOutput).toContain('The tool has answered');
    }
    expect(ran).toEqual([['sample commands'], expect.objectContaining({ type: 'create_file' })]);
  });

  it('throws where a stream breaks off', async () => {
    const gateway = await start({ chain: ['anthropic'] });
    await gateway.host('anthropic').setFault({ kind: 'cut', afterEvents: 3 });
    const stream = await runnerOf(gateway).run(new Agent({ name: 'Guide', model: MODEL }), 'Hello', { stream: true });
    await expect(async () => {
      for await (const _event of stream);
    }).rejects.toThrow("the connection to host 'anthropic' broke");
  });

  it('says that the model has refused', async () => {
    const gateway = await start({ chain: ['anthropic'] });
    const run = runnerOf(gateway).run(new Agent({ name: 'Guide', model: MODEL }), `Hello sim:refused-by=${MODEL}`);
    await expect(run).rejects.toThrow(/refus/i);
  });
});

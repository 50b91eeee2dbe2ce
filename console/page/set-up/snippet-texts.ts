export interface Snippet {
  readonly client: string;
  readonly text: string;
}

const KEY = 'CLAUDE_GATEWAY_KEY';

/** How each client is pointed at the gateway. Nothing of it is sent anywhere: the key is put in on the page. */
export function snippetsOf(url: string, model: string, key: string): Snippet[] {
  const js = key === '' ? `process.env.${KEY}` : `'${key}'`;
  const py = key === '' ? `os.environ["${KEY}"]` : `"${key}"`;
  const sh = key === '' ? `"$${KEY}"` : `'${key}'`;
  return [
    { client: 'Claude Code', text: `ANTHROPIC_BASE_URL=${url} ANTHROPIC_AUTH_TOKEN=${sh} claude` },
    {
      client: 'Anthropic SDK, TypeScript',
      text: `const client = new Anthropic({ baseURL: '${url}', apiKey: ${js} });
await client.messages.create({ model: '${model}', max_tokens: 100, messages: [{ role: 'user', content: 'hello' }] });`,
    },
    {
      client: 'Anthropic SDK, Python',
      text: `client = anthropic.Anthropic(base_url="${url}", api_key=${py})
client.messages.create(model="${model}", max_tokens=100, messages=[{"role": "user", "content": "hello"}])`,
    },
    {
      client: 'Vercel AI SDK',
      text: `const anthropic = createAnthropic({ baseURL: '${url}/v1', apiKey: ${js} });
await generateText({ model: anthropic('${model}'), prompt: 'hello' });`,
    },
    {
      client: 'LangChain, Python',
      text: `ChatAnthropic(model="${model}", base_url="${url}", api_key=${py}).invoke("hello")`,
    },
    {
      client: 'LiteLLM',
      text: `litellm.completion(model="anthropic/${model}", api_base="${url}", api_key=${py},
    messages=[{"role": "user", "content": "hello"}])`,
    },
    {
      client: 'OpenAI SDK, Python',
      text: `client = openai.OpenAI(base_url="${url}/v1", api_key=${py})
client.chat.completions.create(model="${model}", messages=[{"role": "user", "content": "hello"}])`,
    },
    {
      client: 'curl',
      text: `curl -i ${url}/v1/messages -H 'content-type: application/json' -H 'anthropic-version: 2023-06-01' \\
  -H ${key === '' ? `"x-api-key: $${KEY}"` : `'x-api-key: ${key}'`} \\
  -d '{"model":"${model}","max_tokens":100,"messages":[{"role":"user","content":"hello"}]}'`,
    },
  ];
}

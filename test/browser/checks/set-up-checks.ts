import { goTo, type Stage } from '../stage';
import { equal, holds } from '../until';

const KEY = 'gateway-key-of-a-test';
const CLIENTS = [
  'Claude Code',
  'Anthropic SDK, TypeScript',
  'Anthropic SDK, Python',
  'Vercel AI SDK',
  'LangChain, Python',
  'LiteLLM',
  'OpenAI SDK, Python',
];

export async function checkSetUp({ check, page, demo }: Stage): Promise<void> {
  await check('every client has its lines, with a key that leaves the page by the clipboard only', async () => {
    const sent: string[] = [];
    page.on('request', (request) =>
      sent.push(`${request.url()} ${request.postData() ?? ''} ${JSON.stringify(request.headers())}`),
    );
    await goTo(page, 'Set up');
    await page.getByLabel(/^Gateway key/).fill(KEY);
    for (const client of CLIENTS) {
      await page.getByRole('button', { name: `Copy for ${client}` }).click();
      const copied = String(await page.evaluate('navigator.clipboard.readText()'));
      holds(copied, demo.gateway, KEY);
      if (/AI SDK$|OpenAI/.test(client)) holds(copied, `${demo.gateway}/v1`);
    }
    const shown = (await page.locator('body').textContent()) ?? '';
    equal(shown.includes(KEY), false);
    equal(
      sent.filter((request) => request.includes(KEY)),
      [],
    );
  });

  await check('the configuration and what is left to do stand there, without a secret', async () => {
    const text = (await page.locator('.checked').textContent()) ?? '';
    holds(text, 'To do', 'host vertex', 'takes requests', '"kind": "bedrock"');
    equal(/keySha256|sk-ant/.test(text), false);
  });
}

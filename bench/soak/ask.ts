import { MODEL } from '../answers';

/** Why an answer is not the whole answer to this very question, or undefined. */
export async function problemOf(url: string, number: number): Promise<string | undefined> {
  const stream = number % 2 === 0;
  const messages = [{ role: 'user', content: `Number ${number}` }];
  try {
    const response = await fetch(`${url}/v1/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'anthropic-version': '2023-06-01', 'x-api-key': 'soak' },
      body: JSON.stringify({ model: MODEL, max_tokens: 1024, stream, messages }),
    });
    const text = await response.text();
    if (response.status !== 200) return `${response.status} ${text.slice(0, 200)}`;
    const said = stream ? streamedText(text) : wholeText(text);
    const isRight = said.startsWith(`You asked: “Number ${number}”`) && said.endsWith('would show.');
    return isRight ? undefined : `${response.headers.get('x-failover-trace')} answered ${said.slice(-200)}`;
  } catch (error) {
    return String(error instanceof Error ? (error.cause ?? error) : error);
  }
}

interface Data {
  readonly type: string;
  readonly delta?: { readonly text?: string };
}

function streamedText(text: string): string {
  const events = [...text.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data!) as Data);
  if (events.at(-1)?.type !== 'message_stop') return 'a stream that ended before it was through';
  return events.map(({ delta }) => delta?.text ?? '').join('');
}

const wholeText = (text: string): string =>
  (JSON.parse(text) as { content: { text?: string }[] }).content.map((block) => block.text ?? '').join('');

import * as v from 'valibot';
import type { GuardrailConfig } from '../../../../lib/contract';
import { callAws } from '../../../aws/call-aws';
import { requireEnv, type Env } from '../../../runtime/require-env';

/** Below what Bedrock takes in one call: 25 units of 1,000 characters. */
const MOST_CHARACTERS = 20_000;

const answer = v.object({
  action: v.string(),
  outputs: v.optional(v.array(v.object({ text: v.optional(v.string()) })), []),
});

/** The guardrail's own words where it has stepped in; undefined where it lets the text through. Rejects where it cannot be asked. */
export async function applyGuardrail(
  { id, version, region }: GuardrailConfig,
  source: 'INPUT' | 'OUTPUT',
  texts: readonly string[],
  env: Env,
  signal: AbortSignal,
): Promise<string | undefined> {
  const path = `/guardrail/${encodeURIComponent(id)}/version/${encodeURIComponent(version)}/apply`;
  const ask = async (text: string): Promise<string | undefined> => {
    const body = JSON.stringify({ source, content: [{ text: { text } }] });
    const headers = { 'content-type': 'application/json' };
    const where = region ?? requireEnv(env, 'AWS_REGION');
    const bytes = await callAws({ service: 'bedrock-runtime', region: where, path, headers, body, signal }, env);
    const { action, outputs } = v.parse(answer, JSON.parse(bytes.toString()));
    return action === 'GUARDRAIL_INTERVENED' ? (outputs[0]?.text ?? '') : undefined;
  };
  const said = await Promise.all(parts(texts.join('\n')).map(ask));
  return said.find((words) => words !== undefined);
}

function parts(text: string): string[] {
  const count = Math.ceil(text.length / MOST_CHARACTERS);
  return Array.from({ length: count }, (_, at) => text.slice(at * MOST_CHARACTERS, (at + 1) * MOST_CHARACTERS));
}

import type { JsonObject } from '../../../lambda/engine/json';
import { escapeHtml } from '../../drill/escape-html';
import type { GivenAnswer } from '../answer';
import type { Judged } from '../run-comparison';
import { NONE, ratio, seconds, usd } from './words';

/** One link's answer, with what is said of it above. */
export function answerColumn({ link, answer, judgement, differences }: Judged): string {
  const badges = differences.map(({ kind }) => `<span class="badge">${escapeHtml(kind)}</span>`).join(' ');
  const remarks = [
    ...judgement.problems,
    ...(judgement.answered ? (judgement.unmet ?? []).map((what) => `expected ${what}`) : []),
  ];
  return `<section>
<h4>${escapeHtml(link.name)}</h4>
<div>${badges}</div>
${remarks.map((remark) => `<p class="bad">${escapeHtml(remark)}</p>`).join('')}
${answer.isGiven ? answer.content.map(block).join('\n') + facts(answer, judgement) : `<p class="bad">${escapeHtml(answer.why)}</p>`}
</section>`;
}

function facts(answer: GivenAnswer, { language = NONE, words, lengthRatio }: Judged['judgement']): string {
  const { model, stopReason, firstContentMs, wholeMs, usage, costUsd, dropped } = answer;
  const tokens = `${String(usage['input_tokens'] ?? NONE)} in, ${String(usage['output_tokens'] ?? NONE)} out`;
  const rows: readonly (readonly [string, string])[] = [
    ['model', model],
    ['stop reason', stopReason],
    ['first content', seconds(firstContentMs)],
    ['whole', seconds(wholeMs)],
    ['language', language],
    ['length', `${words} words${lengthRatio === undefined ? '' : `, ${ratio(lengthRatio)}`}`],
    ['tokens', tokens],
    ['cost', costUsd === undefined ? 'unknown' : usd(costUsd)],
    ...(dropped.length > 0 ? [['dropped', dropped.join(', ')] as const] : []),
  ];
  return `<dl>${rows.map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>`;
}

function block(content: JsonObject): string {
  const { type } = content;
  if (type === 'text') return `<pre class="prose">${escapeHtml(String(content['text']))}</pre>`;
  if (type === 'tool_use') {
    const input = JSON.stringify(content['input'], null, 2) ?? '';
    return `<pre class="call"><b>${escapeHtml(String(content['name']))}</b> ${escapeHtml(input)}</pre>`;
  }
  const inside = typeof content['thinking'] === 'string' ? content['thinking'] : JSON.stringify(content, null, 2);
  return `<details><summary>${escapeHtml(String(type))}</summary><pre>${escapeHtml(inside)}</pre></details>`;
}

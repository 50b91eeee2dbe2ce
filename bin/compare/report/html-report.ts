import { escapeHtml } from '../../drill/escape-html';
import type { LinkFigures } from '../figures';
import type { ComparedRequest } from '../run-comparison';
import { answerColumn } from './answer-column';
import { byGravity, differenceCounts } from './gravity';
import { promptView } from './prompt-view';
import { STYLE } from './style';
import { COLUMNS } from './words';

/** A page that stands alone, with all prompts and answers: it belongs to whoever may read those. */
export function reportHtml(
  compared: readonly ComparedRequest[],
  figures: readonly LinkFigures[],
  broken: readonly string[],
  at: Date,
): string {
  const sorted = byGravity(compared);
  const different = sorted.filter((each) => differenceCounts(each).length > 0);
  const same = sorted.filter((each) => differenceCounts(each).length === 0);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>Comparison of ${figures.length} links</title>
<style>${STYLE}</style>
<h1>Comparison of ${figures.length} links</h1>
<p>${at.toISOString().slice(0, 16).replace('T', ' ')} UTC. ${compared.length === 1 ? '1 request' : `${compared.length} requests`}, each to every link. Held against
<b>${escapeHtml(figures[0]?.link ?? '')}</b>. This page has the prompts and the answers; keep it where those may be.</p>
${broken.length === 0 ? '' : `<h2 class="broken">Limits that do not hold</h2><ul class="broken">${broken.map((text) => `<li>${escapeHtml(text)}</li>`).join('')}</ul>`}
<div class="wide"><table>
<tr>${COLUMNS.map(([title]) => `<th>${title}</th>`).join('')}</tr>
${figures.map((each) => `<tr>${COLUMNS.map(([, of]) => `<td>${escapeHtml(of(each))}</td>`).join('')}</tr>`).join('\n')}
</table></div>
<p class="small">same tools, same language, length: beside the reference's answer; the reference itself beside its own first one, when
requests are repeated. valid: arguments of calls, and structured outputs, by their schema. Times and lengths are medians. Cost at list
prices. dropped: answers for which the link was not sent a part of the request.</p>
<h2>${different.length} with a difference</h2>
${different.map((each) => section(each, true)).join('\n')}
<h2>${same.length} without</h2>
${same.map((each) => section(each, false)).join('\n')}
</html>
`;
}

function section(each: ComparedRequest, isOpen: boolean): string {
  const { request, model, rounds } = each;
  const kinds = [...new Set(differenceCounts(each).flatMap((link) => link.kinds))];
  const badges = kinds.map((kind) => `<span class="badge">${escapeHtml(kind)}</span>`).join(' ');
  const columns = rounds.map((round, index) => {
    const title = rounds.length > 1 ? `<h3>Round ${index + 1}</h3>` : '';
    return `${title}<div class="wide"><div class="answers">${round.map(answerColumn).join('')}</div></div>`;
  });
  return `<details class="request"${isOpen ? ' open' : ''}>
<summary><b>${escapeHtml(request.name)}</b> <span class="small">${escapeHtml(model)}</span> ${badges}</summary>
${promptView(request)}
${columns.join('\n')}
</details>`;
}

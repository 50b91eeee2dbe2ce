import type { LinkFigures } from '../figures';
import type { ComparedRequest, Judged } from '../run-comparison';

/** For machines: figures and facts. No word of a prompt or an answer, so that it may stand in a log of CI. */
export function reportJson(
  compared: readonly ComparedRequest[],
  links: readonly LinkFigures[],
  broken: readonly string[],
): string {
  const requests = compared.map(({ request, model, rounds }) => ({
    name: request.name,
    model,
    answers: rounds.flatMap((round, index) => round.map((judged) => ({ round: index + 1, ...facts(judged) }))),
  }));
  return JSON.stringify({ reference: links[0]?.link, links, broken, requests }, null, 2);
}

function facts({ link, answer, judgement, differences }: Judged) {
  const { problems: _, unmet, ...judged } = judgement;
  return {
    link: link.name,
    ...judged,
    asExpected: unmet && unmet.length === 0,
    differences: differences.map(({ kind }) => kind),
    wholeMs: answer.wholeMs,
    ...(!answer.isGiven && { trace: answer.trace }),
    ...(answer.isGiven && {
      answeredBy: answer.model,
      stopReason: answer.stopReason,
      firstContentMs: answer.firstContentMs,
      usage: answer.usage,
      dropped: answer.dropped,
      costUsd: answer.costUsd ?? null,
    }),
  };
}

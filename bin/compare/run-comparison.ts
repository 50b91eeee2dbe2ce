import type { Answer } from './answer';
import { type Difference, differencesOf } from './check/differences';
import { judge, type Judgement } from './check/judge';
import type { ComparedLink } from './links';
import type { CompareRequest } from './requests';

/** One answer of one link to one request. */
export interface Judged {
  readonly link: ComparedLink;
  readonly answer: Answer;
  readonly judgement: Judgement;
  readonly differences: readonly Difference[];
}

export interface ComparedRequest {
  readonly request: CompareRequest;
  readonly model: string;
  /** By repetition, then by link: the reference is first. */
  readonly rounds: readonly (readonly Judged[])[];
}

export interface ComparisonPlan {
  /** The first is the reference. */
  readonly links: readonly ComparedLink[];
  readonly requests: readonly CompareRequest[];
  readonly repeat: number;
  /** Requests under way at a time. */
  readonly concurrency: number;
  modelOf(request: CompareRequest): string;
}

type AskLink = (link: ComparedLink, request: CompareRequest, model: string) => Promise<Answer>;

/** Every request to every link, so many times; never rejects where `ask` does not. */
export async function runComparison(
  { links, requests, repeat, concurrency, modelOf }: ComparisonPlan,
  ask: AskLink,
  progress: (done: number) => void,
): Promise<ComparedRequest[]> {
  const rounds = Array.from({ length: repeat }, () => links);
  // By round, so that one link's answers to one request are not all of the same moment.
  const tasks = rounds.flatMap((each, round) =>
    requests.flatMap((request) => each.map((link) => ({ request, link, round }))),
  );
  const answers = new Map<string, Answer>();
  const keyOf = (request: CompareRequest, link: ComparedLink, round: number) =>
    JSON.stringify([request.name, link.name, round]);
  let next = 0;
  const work = async (): Promise<void> => {
    for (let task = tasks[next++]; task !== undefined; task = tasks[next++]) {
      const { request, link, round } = task;
      answers.set(keyOf(request, link, round), await ask(link, request, modelOf(request)));
      progress(answers.size);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));

  return requests.map((request) => ({
    request,
    model: modelOf(request),
    rounds: rounds.map((each, round) =>
      each.map((link, place): Judged => {
        const answerOf = (asked: ComparedLink, at: number) => answers.get(keyOf(request, asked, at))!;
        // The reference is held against its own first answer: so much a model differs from itself.
        const isFirst = place === 0 && round === 0;
        const reference = isFirst ? undefined : answerOf(links[0]!, place === 0 ? 0 : round);
        const answer = answerOf(link, round);
        const judgement = judge(request, answer, reference);
        return { link, answer, judgement, differences: differencesOf(judgement, answer) };
      }),
    ),
  }));
}

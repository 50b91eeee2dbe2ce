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

type AskLink = (link: ComparedLink, request: CompareRequest, model: string, stop: AbortSignal) => Promise<Answer>;

/** Every request to every link, so many times. Stopped by hand, it has the requests that every link has answered by then. */
export async function runComparison(
  { links, requests, repeat, concurrency, modelOf }: ComparisonPlan,
  ask: AskLink,
  progress: (done: number) => void,
  stop: AbortSignal,
): Promise<ComparedRequest[]> {
  const asked = requests.map((request) => ({
    request,
    model: modelOf(request),
    rounds: Array.from({ length: repeat }, () => new Map<ComparedLink, Answer>()),
  }));
  // By round, so that one link's answers to one request are not all of the same moment.
  const tasks = Array.from({ length: repeat }, (_, round) =>
    asked.flatMap(({ request, model, rounds }) =>
      links.map((link) => ({ request, model, link, into: rounds[round]! })),
    ),
  ).flat();
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let task = tasks[next++]; task !== undefined; task = tasks[next++]) {
      const { request, model, link, into } = task;
      const answer = await ask(link, request, model, stop);
      if (stop.aborted) return;
      into.set(link, answer);
      progress((done += 1));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return asked
    .map((each) => ({ ...each, rounds: each.rounds.filter(({ size }) => size === links.length) }))
    .filter(({ rounds }) => rounds.length > 0)
    .map(({ request, model, rounds }) => ({ request, model, rounds: judgeRounds(request, links, rounds) }));
}

function judgeRounds(
  request: CompareRequest,
  links: readonly ComparedLink[],
  rounds: readonly ReadonlyMap<ComparedLink, Answer>[],
): Judged[][] {
  const [reference] = links;
  const first = rounds[0]!.get(reference!);
  return rounds.map((answers) =>
    links.map((link) => {
      const answer = answers.get(link)!;
      // The reference is held against its own first answer: so much a model differs from itself.
      const other = link === reference ? first : answers.get(reference!);
      const judgement = judge(request, answer, other === answer ? undefined : other);
      return { link, answer, judgement, differences: differencesOf(judgement, answer) };
    }),
  );
}

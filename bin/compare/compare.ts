import { access, constants, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { RouterConfig } from '../../lib/contract';
import { consent, type Wallet } from './consent';
import { estimate } from './estimate';
import { figuresOf } from './figures';
import { createLinkAsk } from './link-ask';
import { chooseLinks } from './links';
import { reportHtml } from './report/html-report';
import { reportJson } from './report/json-report';
import { reportText } from './report/text-report';
import type { CompareRequest } from './requests';
import { type ComparisonPlan, runComparison } from './run-comparison';
import type { ComparisonShell } from './shell';
import { broken, type Limits } from './thresholds';

export interface ComparisonOptions extends Wallet {
  readonly config: RouterConfig;
  readonly requests: readonly CompareRequest[];
  /** Names, or `all`. */
  readonly links: string;
  /** Of requests that name none. @default - the first of the configuration */
  readonly model?: string;
  readonly repeat: number;
  readonly concurrency: number;
  readonly limits: Limits;
  /** Where the page goes. */
  readonly out: string;
  readonly json: boolean;
}

/** Asks every link, writes the page, and returns which limits do not hold. */
export async function compare(options: ComparisonOptions, shell: ComparisonShell): Promise<readonly string[]> {
  const { config, requests, repeat, concurrency } = options;
  const links = chooseLinks(config, options.links);
  const { ask, models, close } = createLinkAsk(config, links, shell.env, shell.clock);
  const modelOf = ({ body }: CompareRequest): string => String(body['model'] ?? options.model ?? models.models[0]?.id);
  const unknown = requests.find((request) => models.find(modelOf(request)) === undefined);
  if (unknown) {
    const known = models.models.map(({ id }) => id).join(', ');
    throw new Error(
      `request "${unknown.name}": ${modelOf(unknown)} is not a model of this configuration; it has ${known}`,
    );
  }
  const plan: ComparisonPlan = { links, requests, repeat, concurrency, modelOf };
  await checkPlace(options.out);
  const expected = estimate(plan);
  await consent(expected, options, shell);
  try {
    const compared = await runComparison(
      plan,
      ask,
      (done) => {
        if (done % 10 === 0 || done === expected.requests) shell.tell(`${done} of ${expected.requests}`);
      },
      shell.stop,
    );
    const figures = figuresOf(compared);
    const problems = broken(options.limits, figures);
    await writeFile(options.out, reportHtml(compared, figures, problems, new Date(shell.clock.now())));
    shell.print(options.json ? reportJson(compared, figures, problems) : reportText(compared, figures));
    return problems;
  } finally {
    close();
  }
}

/** Before anything is spent on what could not be kept. */
async function checkPlace(out: string): Promise<void> {
  const folder = dirname(out);
  await access(folder, constants.W_OK).catch(() => {
    throw new Error(`--out ${out}: cannot write into ${folder}; name a file in a folder that there is`);
  });
}

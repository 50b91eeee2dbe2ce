import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { ENV } from '../../lib/contract';
import { systemClock } from '../../lambda/runtime/system-clock';
import { type Threshold, THRESHOLDS } from '../compare/thresholds';

interface CompareOptions {
  readonly requests?: string;
  readonly config?: string;
  readonly links: string;
  readonly model?: string;
  readonly out: string;
  readonly repeat: number;
  readonly concurrency: number;
  readonly maxCost?: number;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export function compareCommand(): Command {
  const command = new Command('compare')
    .description('your own requests to every link, other models too, side by side: try a fallback before you need it')
    .option('--requests <file>', 'JSON, a Messages request a line, or a list of them', undefined)
    .option('-c, --config <file>', 'router configuration, JSON; else that of the environment, as the router reads it')
    .option('--links <names>', 'names with commas between, or all; the others are held against the first', 'all')
    .option('--model <id>', 'asked for where a request names none; else the first of the configuration')
    .option('--out <file>', 'the page with prompts and answers', 'comparison.html')
    .option('--repeat <times>', 'how often each is asked', whole(100), 1)
    .option('--concurrency <number>', 'requests under way at a time', whole(64), 4)
    .option('--max-cost <usd>', 'send nothing that may cost more', amount)
    .option('-y, --yes', 'send without asking')
    .option('--json', 'figures as JSON, for machines; without prompts and answers');
  for (const threshold of THRESHOLDS) command.addOption(limitOption(threshold));
  return command
    .addHelpText('after', '\nWithout --requests 20 samples are sent. Ends with code 1 where a link breaks a limit.')
    .action((options: CompareOptions) => run(options, command.opts()));
}

/** Loaded when it is asked for: nobody else needs it. */
async function run(options: CompareOptions, given: Readonly<Record<string, unknown>>): Promise<void> {
  const [{ compare }, { readRequests }] = await Promise.all([
    import('../compare/compare'),
    import('../compare/requests'),
  ]);
  const { requests, out, yes = false, json = false } = options;
  const text = requests === undefined ? await samples() : await readText(requests);
  const stop = new AbortController();
  process.once('SIGINT', () => {
    console.error('stopping; the page will have what is answered');
    stop.abort();
  });
  const problems = await compare(
    {
      ...options,
      yes,
      json,
      config: await configOf(options.config),
      requests: readRequests(text, requests ?? 'samples'),
      limits: Object.fromEntries(
        THRESHOLDS.map(({ option }) => [option, given[camelCase(option)] as number | undefined]),
      ),
    },
    {
      env: process.env,
      clock: systemClock,
      stop: stop.signal,
      tell: (line) => console.error(line),
      print: (report) => console.log(report),
      confirm: process.stdin.isTTY ? confirm : undefined,
    },
  );
  console.error(`\n${out}`);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0 || stop.signal.aborted) process.exitCode = 1;
}

async function configOf(file: string | undefined) {
  if (file !== undefined) return (await import('../../lambda/gateway/config/config')).parseConfig(await readText(file));
  const { env } = process;
  if (!env[ENV.CONFIG] && !env[ENV.CONFIG_PARAMETER]) {
    throw new Error(`no configuration: name its file by --config, or set ${ENV.CONFIG} or ${ENV.CONFIG_PARAMETER}`);
  }
  return (await import('../../lambda/gateway/config/load-config')).loadConfig(env);
}

const samples = async (): Promise<string> => JSON.stringify((await import('../compare/samples.json')).default);

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

async function confirm(question: string): Promise<boolean> {
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await prompt.question(`${question} [y/N] `);
  prompt.close();
  return /^y(es)?$/i.test(answer.trim());
}

function limitOption({ option, description }: Threshold): Option {
  const [kind] = option.split('-');
  return new Option(
    `--${option} <share>`,
    `${kind === 'min' ? 'least' : 'largest'} share, 0 to 1, of ${description}`,
  ).argParser((text) => {
    const value = Number(text);
    if (text.trim() !== '' && value >= 0 && value <= 1) return value;
    throw new InvalidArgumentError(`'${text}' is not a share; use 0 to 1, as 0.95`);
  });
}

const camelCase = (option: string): string => option.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const whole = (most: number) => (text: string) => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new InvalidArgumentError(`'${text}' is not a whole number from 1 to ${most}`);
};

function amount(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError(`'${text}' is not an amount of USD`);
}

/**
 * Makes bench/trace/azure-llm-2023.json from the two files of the Azure LLM inference trace 2023, which are not in this repository:
 * `node scripts/sample-trace.mjs conv.csv code.csv`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';

const PAGE = 'bench/trace/azure-llm-2023.json';
/** Rows that are kept, over both services. */
const ROWS = 600;
/** Steps of the golden ratio spread evenly, however many are taken. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
const round = (number) => Math.round(number * 100) / 100;

function readTrace(file) {
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [time, context, generated] = line.trim().split(',');
    return { at: Date.parse(`${time.replace(' ', 'T').slice(0, 23)}Z`), context: +context, generated: +generated };
  });
}

/** One request of each stratum of contexts; which one goes through all ranks of generated tokens. */
function stratify(requests, count) {
  const sorted = requests.toSorted((a, b) => a.context - b.context || a.generated - b.generated);
  return Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * sorted.length) / count);
    const stratum = sorted.slice(from, Math.floor(((index + 1) * sorted.length) / count));
    const rank = Math.floor(((index * GOLDEN) % 1) * stratum.length);
    return stratum.toSorted((a, b) => a.generated - b.generated)[rank];
  });
}

const [conv, code] = process.argv.slice(2).map(readTrace);
const all = [...conv, ...code];
const start = Math.min(...[conv, code].map(([first]) => first.at));
const second = ({ at }) => (at - start) / 1000;
const seconds = Math.floor(Math.max(...[conv, code].map((requests) => second(requests.at(-1))))) + 1;

function service(requests) {
  const perSecond = new Array(seconds).fill(0);
  for (const request of requests) perSecond[Math.floor(second(request))] += 1;
  const rows = stratify(requests, Math.round((ROWS * requests.length) / all.length));
  return {
    requests: requests.length,
    meanContext: round(mean(requests.map(({ context }) => context))),
    meanGenerated: round(mean(requests.map(({ generated }) => generated))),
    perSecond,
    rows: rows.toSorted((a, b) => a.at - b.at).map((row) => [round(second(row)), row.context, row.generated]),
  };
}

const sample = {
  source: 'https://github.com/Azure/AzurePublicDataset/blob/master/AzureLLMInferenceDataset2023.md',
  license: 'CC-BY-4.0',
  cite: 'Patel et al., "Splitwise: Efficient Generative LLM Inference Using Phase Splitting", ISCA 2024',
  changes:
    'Requests in each second, and 600 requests [second, context tokens, generated tokens]; see scripts/sample-trace.mjs.',
  seconds,
  conversation: service(conv),
  code: service(code),
};
writeFileSync(PAGE, await format(JSON.stringify(sample), { filepath: PAGE, printWidth: 120 }));

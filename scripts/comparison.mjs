/** Prints docs/comparison.md from the results of `npm run scorecard` and `npm run bench:peers`. */
import { readFileSync } from 'node:fs';

const read = (name) => JSON.parse(readFileSync(`docs/comparison/${name}.json`, 'utf8'));
const { rows, groups, notOnTheWire } = read('scorecard');
const speed = read('speed');
const features = read('features');

const OWN = 'this router';
const BASE = 'pass-through';
const RIVALS = /^(Portkey|LiteLLM)/;
const VERDICTS = ['pass', 'partial', 'safe', 'fail'];
const WIRES = ['anthropic', 'bedrock', 'vertex'];
/** Why a column may be lost; who reads a lost one without a reason here has found something. */
const REASONS = {
  'unary, requests a second, 32 at a time':
    'unary answers are read upstream as a stream, which costs CPU and shows a hung host; `unaryAsStream: false` does without',
  'unary, CPU a request, 32 at a time': 'the same',
  'unary, p99, 32 at a time': 'with 32 at a time on one core it is CPU by another name',
  'start of the process to its first answer': 'the code of the router is read and compiled, once a process',
};

const table = (head, body) =>
  [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ').replaceAll('\n', ' ')} |`).join('\n');
const here = rows.filter(({ missing }) => missing === undefined);
const absent = rows.filter(({ missing }) => missing !== undefined);
const isPublic = ({ id }) => /^S\d\d /.test(id);

function counts(results) {
  const judged = results.filter(({ verdict }) => verdict !== 'n/a');
  if (judged.length === 0) return 'n/a';
  return VERDICTS.map((verdict) => judged.filter((result) => result.verdict === verdict).length).join(' / ');
}

function inGroups({ results }) {
  let from = 0;
  return groups.map(({ cases }) => results.slice(from, (from += cases)));
}

const summary = table(
  [
    'pass / partial / safe / fail',
    ...WIRES.map((wire) => `16 faults, ${wire}`),
    ...groups.slice(1).map(({ name, cases }) => `${name} (${cases})`),
  ],
  [
    ...here.map((row) => [
      row.name,
      ...WIRES.map((wire) => counts(row.results.filter((result) => isPublic(result) && result.id.endsWith(wire)))),
      ...inGroups(row).slice(1).map(counts),
    ]),
    ...absent.map(({ name, missing }) => [
      name,
      `not measured: ${missing}`,
      ...Array(WIRES.length + groups.length - 2).fill(''),
    ]),
  ],
);

const verdictTable = (title, wanted) =>
  table(
    [title, ...here.map(({ name }) => name)],
    here[0].results
      .map((result, at) => [result, at])
      .filter(([result]) => wanted(result))
      .map(([{ id, fault }, at]) => [
        `${id.replace(' anthropic', '')}: ${fault}`,
        ...here.map(({ results }) => results[at].verdict),
      ]),
  );

const sources = table(
  ['case', 'where it comes from'],
  here[0].results.filter((result) => !isPublic(result)).map(({ id, source }) => [id, source]),
);

function short(value) {
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}
const figures = (list) =>
  table(
    ['', ''],
    list.map(({ what, unit, value }) => [what, `${short(value)} ${unit}`]),
  );
const ways = speed.ways.filter(({ missing }) => missing === undefined).map(({ name }) => name);
const cell = (values, name) => {
  const spread = values[name];
  if (!spread) return '–';
  const base =
    name === BASE || !(values[BASE]?.median > 0) ? '' : `, ${(spread.median / values[BASE].median).toFixed(2)} x`;
  const range = spread.min === spread.max ? '' : ` (${short(spread.min)} to ${short(spread.max)})`;
  return `${short(spread.median)}${range}${base}`;
};
const speedTable = (title, columns, names) =>
  table(
    [title, ...names],
    columns.map(({ what, unit, values }) => [`${what}, ${unit}`, ...names.map((name) => cell(values, name))]),
  );

/** Where the router is behind Portkey or LiteLLM, or more than twice the pass-through. */
function lost() {
  const found = [];
  for (const { what, unit, better, values } of [...speed.speed, ...speed.failover]) {
    if (values[OWN] === undefined) continue;
    const { median: own, min, max } = values[OWN];
    const isWorse = (other) => (better === 'less' ? min > other.max : max < other.min);
    const reason = REASONS[what] ? ` Why: ${REASONS[what]}.` : '';
    for (const [name, other] of Object.entries(values)) {
      if (RIVALS.test(name) && isWorse(other)) {
        found.push(`- **${what}**: ${short(own)} ${unit}, ${name} ${short(other.median)} ${unit}.${reason}`);
      }
    }
    const base = values[BASE]?.median;
    const ratio = better === 'less' ? own / base : base / own;
    if (base > 0 && ratio > 2) {
      found.push(
        `- **${what}**: ${ratio.toFixed(1)} times the pass-through (${short(own)} against ${short(base)} ${unit}).${reason}`,
      );
    }
  }
  return found.length > 0 ? found.join('\n') : 'None.';
}

console.log(`# Comparison

What other gateways do, what they and this one do when hosts fail, and what each costs in time. The tables are made by two commands,
on any machine:

\`\`\`sh
npm run scorecard -- --json docs/comparison/scorecard.json     # about a quarter of an hour
npm run bench:peers -- --json docs/comparison/speed.json       # about ten minutes
npm run docs:comparison                                        # makes this page of both
\`\`\`

Each peer is installed in an exact version into \`.peers\`. All get the same simulated hosts and the same budget (two retries, 30 s),
and fallback as their documentation says. \`npm run scorecard -- --base-url <url>\` puts any gateway to the wall that has
\`http://127.0.0.1:18101\` and \`http://127.0.0.1:18102\` as its two Anthropic hosts:
\`claude-failover serve\` with its default commit, put to it so, passes 12 of the 16 faults and is safe in the 4 after the commit point.

${[...here.map(({ name, setUp }) => `- ${name}: ${setUp}`), ...absent.map(({ name, missing }) => `- ${name}: **not measured**, ${missing}`)].join('\n')}

Portkey 1.15.2 answers every streaming request with 500 on what its own version ranges resolve to today: it works with
\`hono\` 4.9.7, \`@hono/node-server\` 1.13.8 and \`@hono/node-ws\` 1.2.0, which are pinned here. It reaches Bedrock by Converse, which the
simulated Bedrock does not speak. LiteLLM 1.110.2 could not be installed with its \`proxy\` extra, which
asks for a package that the index did not have; 1.105.7 could. Its Vertex credentials cannot be exchanged at a simulated host.

## Features

From documentation, sources and issues, November 2026. What this project lacks is in bold.

${table(['', ...features.columns], features.rows)}

None of the others has:

${features.none.map((line) => `- ${line}`).join('\n')}

## Scorecard

The sixteen faults of the public scoreboard [failoverbench](https://github.com/failoverbench/failoverbench), ported to Claude's wires, and one case for every
line of a list of other gateways' issues. Verdicts as failoverbench defines them: **pass**, the complete answer (or the error that is
due) and every check clean; **partial**, the same with an advisory check missed; **safe**, no answer but a clean error in time;
**fail**, a hang, a truncated answer presented as success, or a required check missed. One run in real time.

${summary}

Without \`commit: complete\` a stream belongs to the client from its first content on: what breaks it after that can only end in a clean
error, here as everywhere. A prompt that is too long for the model is too long on every host, so that returning it at once is the pass.
LiteLLM's and Portkey's rows are measured against their defaults; a peer may do better when it is tuned.

### The sixteen faults, on Anthropic's wire

${verdictTable('fault', (result) => isPublic(result) && result.id.endsWith('anthropic'))}

### What users of other gateways have met

${verdictTable('case', (result) => !isPublic(result))}

Not visible from outside, and so not in the table:

${notOnTheWire.map(({ source, wish, instead }) => `- ${wish} (${source}): ${instead}`).join('\n')}

<details><summary>Where each case comes from</summary>

${sources}

</details>

## Speed

${Object.values(speed.machine).join(', ')}; ${speed.rounds} interleaved rounds after one that warms up. Median (minimum to maximum), and how many times the
pass-through. "Added" is over no gateway in the same round; near zero a ratio says little. Every gateway has a core to itself. The
Lambda column runs the deployed bundle behind \`local/front-door\`: the shim of API Gateway and Lambda's runtime is in its figures.

${speedTable(
  '',
  speed.speed,
  ways.filter((name) => name !== 'no gateway'),
)}

### From a fault to the fallback's first content

Over a request whose first host is sound; a new model for every sample, so that nothing is known of the host. "–": the fallback's
answer did not come within 40 s. What a host costs that says nothing at all is a matter of timers: S06 and S07 above.

${speedTable(
  'the first host',
  speed.failover,
  ways.filter((name) => speed.failover.some(({ values }) => values[name])),
)}

### Start-up of the Lambda bundle, in fresh processes

${figures(speed.startUp)}

### Under AWS's own runtime client

One environment, one invocation at a time, with the runtime client that AWS publishes (\`aws-lambda-ric\`) and a Runtime API on
loopback, median of 200. API Gateway's own time is not in it.

${typeof speed.runtimeClient === 'string' ? `Not measured: ${speed.runtimeClient}` : figures(speed.runtimeClient)}

### Where this router is behind

Behind Portkey or LiteLLM by more than the rounds differ, or more than twice the pass-through:

${lost()}
`);

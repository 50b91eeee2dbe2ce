/** Prints docs/comparison.md from the results of `npm run scorecard` and `npm run bench:peers`. */
import { markdownTable } from '../../local/report/markdown-table';
import { FEATURES, SCORECARD, SPEED } from './results';
import { ABSENT, isPublic, MEASURED, sourceTable, summaryTable, verdictTable } from './scorecard-tables';
import { figureTable, lost, speedTable, WAYS } from './speed-tables';

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

${[...MEASURED.map(({ name, setUp }) => `- ${name}: ${setUp}`), ...ABSENT.map(({ name, missing }) => `- ${name}: **not measured**, ${missing}`)].join('\n')}

Portkey 1.15.2 answers every streaming request with 500 on what its own version ranges resolve to today: it works with
\`hono\` 4.9.7, \`@hono/node-server\` 1.13.8 and \`@hono/node-ws\` 1.2.0, which are pinned here. It reaches Bedrock by Converse, which the
simulated Bedrock does not speak. LiteLLM 1.110.2 could not be installed with its \`proxy\` extra, which
asks for a package that the index did not have; 1.105.7 could. Its Vertex credentials cannot be exchanged at a simulated host.

## Features

From documentation, sources and issues, November 2026. What this project lacks is in bold.

${markdownTable(['', ...FEATURES.columns], FEATURES.rows)}

None of the others has:

${FEATURES.none.map((line) => `- ${line}`).join('\n')}

## Scorecard

The sixteen faults of the public scoreboard [failoverbench](https://github.com/failoverbench/failoverbench), ported to Claude's wires, and one case for every
line of a list of other gateways' issues. Verdicts as failoverbench defines them: **pass**, the complete answer (or the error that is
due) and every check clean; **partial**, the same with an advisory check missed; **safe**, no answer but a clean error in time;
**fail**, a hang, a truncated answer presented as success, or a required check missed. One run in real time.

${summaryTable()}

Without \`commit: complete\` a stream belongs to the client from its first content on: what breaks it after that can only end in a clean
error, here as everywhere. A prompt that is too long for the model is too long on every host, so that returning it at once is the pass.
LiteLLM's and Portkey's rows are measured against their defaults; a peer may do better when it is tuned.

### The sixteen faults, on Anthropic's wire

${verdictTable('fault', (result) => isPublic(result) && result.id.endsWith('anthropic'))}

### What users of other gateways have met

${verdictTable('case', (result) => !isPublic(result))}

Not visible from outside, and so not in the table:

${SCORECARD.notOnTheWire.map(({ source, wish, instead }) => `- ${wish} (${source}): ${instead}`).join('\n')}

<details><summary>Where each case comes from</summary>

${sourceTable()}

</details>

## Speed

${Object.values(SPEED.machine).join(', ')}; ${SPEED.rounds} interleaved rounds after one that warms up. Median (minimum to maximum), and how many times the
pass-through. "Added" is over no gateway in the same round; near zero a ratio says little. Every gateway has a core to itself. The
Lambda column runs the deployed bundle behind \`local/front-door\`: the shim of API Gateway and Lambda's runtime is in its figures.

${speedTable(
  '',
  SPEED.speed,
  WAYS.filter((name) => name !== 'no gateway'),
)}

### From a fault to the fallback's first content

Over a request whose first host is sound; a new model for every sample, so that nothing is known of the host. "–": the fallback's
answer did not come within 40 s. What a host costs that says nothing at all is a matter of timers: S06 and S07 above.

${speedTable(
  'the first host',
  SPEED.failover,
  WAYS.filter((name) => SPEED.failover.some(({ values }) => values[name])),
)}

### Start-up of the Lambda bundle, in fresh processes

${figureTable(SPEED.startUp)}

### Under AWS's own runtime client

One environment, one invocation at a time, with the runtime client that AWS publishes (\`aws-lambda-ric\`) and a Runtime API on
loopback, median of 200. API Gateway's own time is not in it.

${typeof SPEED.runtimeClient === 'string' ? `Not measured: ${SPEED.runtimeClient}` : figureTable(SPEED.runtimeClient)}

### Where this router is behind

Behind Portkey or LiteLLM by more than the rounds differ, or more than twice the pass-through:

${lost()}
`);

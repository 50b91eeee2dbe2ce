/** Prints docs/comparison.md from the results of `npm run scorecard` and `npm run bench:peers`. */
import { markdownTable } from '../../local/report/markdown-table';
import { FEATURES, SCORECARD, SPEED } from './results';
import { ABSENT, isPublic, MEASURED, sourceTable, summaryTable, verdictTable } from './scorecard-tables';
import { compiledGateways } from './compiled-gateways';
import { ABSENT_WAYS, figureTable, lost, speedTable, WAYS } from './speed-tables';

console.log(`# Comparison

What other gateways do, what they and this one do when hosts fail, and what each costs in time. The tables are made by two commands,
on any machine:

\`\`\`sh
npm run scorecard -- --json docs/comparison/scorecard.json     # about 25 minutes
npm run bench:peers -- --json docs/comparison/speed.json       # about a quarter of an hour
npm run docs:comparison                                        # makes this page of both
\`\`\`

Each peer is installed in an exact version into \`.peers\`. All get the same simulated hosts and the same budget (two retries, 30 s),
and fallback as their documentation says. A gateway that cannot be had, or dies, is a row that says so.
\`npm run scorecard -- --base-url <url>\` puts any gateway to the wall that has
\`http://127.0.0.1:18101\` and \`http://127.0.0.1:18102\` as its two Anthropic hosts:
\`claude-failover serve\` with its default commit, put to it so, passes 12 of the 16 faults and is safe in the 4 after the commit point.

${[...MEASURED.map(({ name, setUp }) => `- ${name}: ${setUp}`), ...ABSENT.map(({ name, missing }) => `- ${name}: **not measured**, ${missing}`)].join('\n')}

What is particular to one of them:

- Portkey 1.15.2 answers every streaming request with 500 on what its own version ranges resolve to today: it works with
  \`hono\` 4.9.7, \`@hono/node-server\` 1.13.8 and \`@hono/node-ws\` 1.2.0, which are pinned here. It reaches Bedrock by Converse, which
  the simulated Bedrock does not speak.
- LiteLLM 1.110.2 has no installable \`proxy\` extra, which asks for a package that the index does not have: what its proxy imports is
  installed by name. Its Vertex credentials, and tokenbiryani's, cannot be exchanged at a simulated host.
- What rolter calls a retry is always another target, for which a 429's retry-after is waited out first, up to 30 s.
- Envoy passes bytes on and knows no models: it is here as the yardstick.
- tokenbiryani's strategy \`priority\` asks the first account again until its breaker opens, at the fifth failure. Its
  \`request_timeout_seconds\` does not reach its requests in 0.2.0: a host that says nothing is waited for without end. Set up for
  Bedrock as its documentation says, it leaves \`stream\` in the body of a streamed request, which Bedrock
  [refuses](https://github.com/sigoden/aichat/issues/543), and asks no other account after a 400: on Bedrock it serves only requests
  without \`stream\`, and nearly all of the wall's are streamed.

## When you do not need this project

- **Bedrock, and at most one key elsewhere.** AgentCore Gateway, which AWS has offered since October 2026, fails over by a rule:
  no code to deploy, patch or wake up for. It is enough where two further targets are, all of them understand the same payload,
  and an answer that breaks after its first byte may break. It is in the table by its documentation: it was not run here.
- **One region of one cloud is as available as you need.** The SDKs retry twice, and Bedrock's global profiles already move between
  regions. A fallback that is not exercised is worth less than its configuration looks.
- **Many vendors' models, virtual keys, budgets in money, a user interface.** LiteLLM, Portkey and Bifrost have them; this has not.
- **Several accounts of Anthropic and no cloud.** tokenbiryani pools them by what their rate limits leave, and keeps prompt caches warm.
- **One client of your own, and whole answers.** A loop over two SDK clients that reads each answer to its end before it uses it passes
  all sixteen faults of the public scoreboard, by that scoreboard's own run. A gateway pays where there are several clients, or streams
  that are shown as they come.
- **Thousands of requests a second on one core.** Then overhead counts, and [a compiled gateway](#compiled-gateways) has less of it.
  Beside an answer of seconds, none of it can be noticed.

## Features

From documentation, sources and issues, November 2026; of AgentCore Gateway from its documentation alone. "Unknown" is what was not
found there. What this project lacks is in bold.

${markdownTable(['', ...FEATURES.columns], FEATURES.rows)}

None of the others in this table has:

${FEATURES.none.map((line) => `- ${line}`).join('\n')}

## Scorecard

The sixteen faults of the public scoreboard [failoverbench](https://github.com/failoverbench/failoverbench), ported to Claude's wires, and one case for every
line of a list of other gateways' issues. Verdicts as failoverbench defines them: **pass**, the complete answer (or the error that is
due) and every check clean; **partial**, the same with an advisory check missed; **safe**, no answer but a clean error in time;
**fail**, a hang, a truncated answer presented as success, or a required check missed. One run in real time.

${summaryTable()}

Without \`commit: complete\` a stream belongs to the client from its first content on: what breaks it after that can only end in a clean
error, here as everywhere. A prompt that is too long for the model is too long on every host, so that returning it at once is the pass.
The peers' rows are measured against their defaults; one may do better when it is tuned.

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

Measured on ${Object.values(SPEED.machine).join(', ')}. Client and host share the other core. The
load is that at the start; in the run of 2026-11-28 it rose to 22.

Every gateway runs from the start to the end, and is asked in turn: ${SPEED.rounds} interleaved rounds, after one that warms up. A figure is
the median of the rounds (the least to the most), and how many times the pass-through's of the same round; what is "added" is over no
gateway in the same round. On a shared machine the milliseconds are rough, and those near zero are noise: what counts are the ratios
within a row and the CPU a request.

"This router" is as it comes, with its logs and metrics; "quiet" is without them. The Lambda column runs the deployed bundle behind
\`local/front-door\`: the shim of API Gateway and Lambda's runtime is in its figures.

${ABSENT_WAYS.map(({ name, missing }) => `${name}: **not measured**, ${missing}`).join('\n')}

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

### Compiled gateways

For a short unary request the Rust and C++ gateways take less CPU than any gateway in Node or Python, this one included; Envoy and AISIX
take less even than a Node process that does nothing, and so less than this router ever can. Where a stream is long, the two in Rust
do not keep that lead. All figures are times the pass-through of their own run; what they do when a host fails stands below.

${compiledGateways()}

AISIX (API7) is on neither npm nor PyPI, and so not among what these commands install: it was built from its sources and measured by
hand on 2026-11-28, beside the others in one run. Its failover was not measured: by its sources of August 2026 it tries its targets in
order on 5xx, timeouts and, where that is set, 429, until the first byte; a stream that stalls later is truncated without an error event.

### Start-up of the Lambda bundle, in fresh processes

${figureTable(SPEED.startUp)}

### Under AWS's own runtime client

One environment, one invocation at a time, with the runtime client that AWS publishes (\`aws-lambda-ric\`) and a Runtime API on
loopback, median of 200. API Gateway's own time is not in it.

${typeof SPEED.runtimeClient === 'string' ? `Not measured: ${SPEED.runtimeClient}` : figureTable(SPEED.runtimeClient)}

### Where this router is behind

Behind Portkey, LiteLLM or tokenbiryani by more than the rounds differ, or more than twice the pass-through:

${lost()}
`);

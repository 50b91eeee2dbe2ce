import { traffic } from '../../../docs/prices.json';
import { PRICES_SOURCE } from '../../../lib/catalog/vendors/anthropic';
import { markdownTable } from '../../../local/report/markdown-table';
import { quantile } from '../../../local/report/quantile';
import { TRACE } from '../../trace/trace';
import { otherShapes, type OtherShapes } from '../other-shapes';
import { ASSUMPTIONS, MODEL, QUOTAS, READ, quota } from '../assumptions';
import { bedrockTokens, UNITS_PER_READ } from '../limits';
import { count, percent } from './numbers';
import { FARTHEST, type Results, type Size, type Trial } from '../results';
import { CHAIN } from '../scenarios';
import { peak, sums, total } from '../windows';

const others = ({ apart, requestsPerMinute }: Size): OtherShapes => otherShapes(apart.hour, requestsPerMinute);

/** The text of docs/scale.md. */
export function scalePage({ sizes, reaches, trials }: Results): string {
  const [small, middle, large] = sizes as [Size, Size, Size];
  const names = sizes.map(({ requestsPerMinute }) => requestsPerMinute.toLocaleString('en-US'));
  const exceeded = ({ requestsPerMinute }: Size): string =>
    reaches
      .filter(({ apart }) => apart <= requestsPerMinute)
      .map(({ quota: name }) => QUOTAS[name].name)
      .join('; ');
  return `# What ${names[0]}, ${names[1]} and ${names[2]} requests a minute need

<!-- Made by bench/scale: change its data or code, then run npm run bench:scale. -->

On paper: nothing here was run in AWS. A simulation plays an hour of two real services at three sizes through the stack of
\`failover.config.ts\` and counts what it would use: environments of Lambda, quotas, reads, money. ${MODEL} answers everything.

![From how many requests a minute on each limit is exceeded](images/scale.svg)

## In short

- **${names[0]} a minute**: no quota is in the way, but Anthropic's spending limit for a new organisation, after ${count((30 * quota('startSpend')) / small.apart.month.tokens)} days of a month.
- **${names[1]} a minute**: the requests and then the input tokens of Anthropic's Start tier run out first. The chain carries the rest to
  Bedrock, and no request fails. AWS's own limits are far away.
- **${names[2]} a minute**: this stack's \`rateLimit\` refuses first, then Lambda's concurrency, then every host for want of tokens: no
  published quota carries this load. Raised, Lambda, API Gateway and the health table carry it, unless all clients come at once.

## What each size asks for

${markdownTable(
  ['', ...names],
  [
    demandRow('Lambda: requests at a time, median', sizes, ({ apart }) => quantile(apart.hour.concurrency, 0.5)),
    demandRow('... 99 % of the seconds', sizes, ({ apart }) => quantile(apart.hour.concurrency, 0.99)),
    demandRow('... peak', sizes, ({ apart }) => peak(apart.hour.concurrency)),
    demandRow('... peak, clients together', sizes, ({ together }) => peak(together.hour.concurrency)),
    demandRow('New environments in 10 seconds, peak', sizes, ({ apart }) => peak(sums(apart.hour.started, 10))),
    demandRow('... clients together', sizes, ({ together }) => peak(sums(together.hour.started, 10))),
    demandRow('Requests in a second, peak', sizes, ({ apart }) => peak(apart.hour.requests)),
    demandRow('... clients together', sizes, ({ together }) => peak(together.hour.requests)),
    demandRow('Input tokens in a minute, peak', sizes, ({ apart }) => peak(sums(apart.hour.input, 60))),
    demandRow('Output tokens in a minute, peak', sizes, ({ apart }) => peak(sums(apart.hour.output, 60))),
    demandRow('Bedrock tokens in a minute, reserved ones included', sizes, ({ apart }) =>
      peak(bedrockTokens(apart.hour)),
    ),
    demandRow('DynamoDB read units a second', sizes, ({ apart }) => perSecond(apart.hour.reads) * UNITS_PER_READ),
    demandRow('Secrets Manager: calls in the hour', sizes, ({ apart }) => total(apart.hour.started)),
    demandRow('Log lines and the metrics in them, GB a month', sizes, ({ apart }) => apart.month.logGigabytes),
    demandRow('AWS, USD a month', sizes, ({ apart }) => apart.month.aws),
    demandRow('... of it the router in Lambda', sizes, ({ apart }) => apart.month.lambda),
    demandRow('... the same as Web Functions', sizes, (size) => others(size).webFunction),
    demandRow('... and as tasks on Fargate', sizes, (size) => others(size).fargate),
    demandRow('Environments of a Web Function, peak', sizes, (size) => others(size).environments),
    demandRow('Tasks on Fargate, peak', sizes, (size) => others(size).tasks),
    demandRow('Tokens, USD a month', sizes, ({ apart }) => apart.month.tokens),
  ],
  'numbers',
)}

What Web Functions and Fargate cost is explained, with what of it is assumed, in [cost.md](cost.md#by-what-the-router-runs-as).

Little's law holds in it: at ${names[1]} a minute, ${count(perSecond(middle.apart.hour.requests))} requests a second of ${count(middle.apart.hour.busySeconds / total(middle.apart.hour.requests))} seconds each make ${count(middle.apart.hour.meanConcurrency)} at a time.

## Which limit comes first

The whole load goes to each host here: the first one gets it, and each of the others when those before it are down. Numbers are
shares of the quota as it is before anybody asks for more, at the peak; from 100 % on, requests are refused.

${markdownTable(
  ['Limit', ...names, 'exceeded from, a minute', '... clients together'],
  reaches.map(({ quota: name, apart, together }) => [
    QUOTAS[name].name,
    ...sizes.map((size) => bold(size.apart.uses[name])),
    reach(apart),
    reach(together),
  ]),
  'numbers',
)}

${sizes.map((size, index) => `- Exceeded at ${names[index]}: ${exceeded(size)}.`).join('\n')}

## Who answers

Ten minutes of the same load with the limits in force, in percent of the requests. A host that is out of quota is passed over for the
next one; a request that fails is one that all three refuse.

${markdownTable(
  ['Requests a minute, and the account', ...CHAIN, 'refused by `rateLimit`', 'by Lambda', 'by all hosts'],
  trials.map(trialRow),
  'numbers',
)}

Spending limits are not in this table: they count months.

## What to do

- **Before anything else**, look up what your account has: new AWS accounts begin below these defaults, and people report
  some without any Bedrock tokens. A fallback without quota is none. Ask for tokens on Bedrock before you need them: AWS prefers
  those who use what they have.
- **Set \`max_tokens\` to what answers need.** Bedrock reserves it at the start of every request and gives it back at the end; Anthropic
  does not count it.
- **Cache prompts.** What is read from the cache does not count against Anthropic's input tokens, and costs a tenth or less.
- **From ${countDown(reachOf(reaches, 'stackRate'))} requests a minute** raise \`rateLimit\` and \`burstLimit\` of the gateway: they protect your budget, and are meant to be chosen.
- **From ${countDown(reachOf(reaches, 'lambdaConcurrency'))}** raise Lambda's concurrency in Service Quotas: to ${count(peak(large.apart.hour.concurrency) * 1.4)} for ${names[2]} a minute, to ${count(peak(large.together.hour.concurrency))} if all clients may come at once.
  What nobody can raise is how fast Lambda grows: ${count(quota('lambdaGrowth'))} environments in 10 seconds. Clients that come together at that size meet it; provisioned
  concurrency on the alias is the way round.
- **Between them, tokens run out.** More hosts with quotas of their own (another region, another profile, Vertex AI) carry more; each
  line of the chain is one. Beyond that, Anthropic's Custom tier and AWS's account team.
- **At ${names[2]}** Lambda's price is the waiting: ${count(large.apart.month.lambda)} USD of ${count(large.apart.month.aws)} a month. \`memorySize\` 512 halves it. It is ${percent(large.apart.month.lambda / large.apart.month.tokens)} of what the tokens
  cost.

## What is assumed

${Object.values(ASSUMPTIONS)
  .map(({ value, what }) => `- ${value.toLocaleString('en-US')} ${what}.`)
  .join('\n')}
- One environment serves one request at a time, and the one used last is used next. It reads the health table when its state is older
  than the interval of \`docs/prices.json\`, and each secret once, when it starts.
- The authorizer's environments are not counted: ${traffic.authorizerMs} ms a request make ${count(perSecond(large.apart.hour.requests) * (traffic.authorizerMs / 1000))} at ${names[2]}.
- Every hour of the month is like this one. Prices of AWS are those of [cost.md](cost.md), whose table assumes longer answers; tokens
  are at Anthropic's [list price](${PRICES_SOURCE.url}), without a cache.
- Clients that come by themselves are copies of the trace that begin at other moments; clients that come together are copies without
  a shift. What happens lies between them.
- A quota of a minute is a bucket of that size which fills without pause; Anthropic may enforce it over shorter times.

What an answer takes is not in the trace, and models of 2023 did not think: today's answers are longer. Time, output tokens and cost
grow with them; the line "four times as long" shows by how much.

## The load

One hour of two services on 2023-11-16: ${TRACE.services.map(({ whole }) => whole.requests.toLocaleString('en-US')).join(' requests of a chat and ')} of a completion of code, with contexts of
${TRACE.services.map(({ whole }) => count(whole.meanContext)).join(' and ')} tokens and answers of ${TRACE.services.map(({ whole }) => count(whole.meanGenerated)).join(' and ')} on average. Its arrivals and a stratified sample of its requests are in \`bench/trace\`.

Azure Public Dataset, <${TRACE.source}>, CC BY 4.0, shortened by
\`scripts/sample-trace.mjs\`. Described in ${TRACE.cite}.

## Quotas

Looked up on ${READ}, in copies of these pages that may be older. They change: look yours up in Service Quotas and in Anthropic's console.

${markdownTable(
  ['Quota', 'value', 'source'],
  Object.values(QUOTAS).map(({ what, value, source, assumed: why }) => [
    why === undefined ? what : `${what} (assumed: ${why})`,
    value.toLocaleString('en-US'),
    source.startsWith('https') ? `<${source}>` : `[${source}](${source.replace('docs/', '')})`,
  ]),
  'numbers',
)}
`;
}

function demandRow(what: string, sizes: readonly Size[], value: (size: Size) => number): string[] {
  return [what, ...sizes.map((size) => count(value(size)))];
}

function trialRow({ requestsPerMinute, what, outcome }: Trial): string[] {
  const { servedBy, refusals } = outcome;
  const all = total(outcome.requests);
  const shares = [...servedBy, refusals.gateway, refusals.lambda, refusals.quota].map((part) => percent(part / all));
  return [`${requestsPerMinute.toLocaleString('en-US')}: ${what}`, ...shares];
}

const perSecond = (values: Float64Array): number => total(values) / values.length;
const reach = (value: number): string => (value > FARTHEST ? `over ${count(FARTHEST)}` : count(value));
const bold = (share: number): string => (share >= 1 ? `**${percent(share)}**` : percent(share));
const reachOf = (reaches: Results['reaches'], name: string): number =>
  reaches.find(({ quota: each }) => each === name)?.together ?? NaN;
/** To one digit, downwards: advice that is early. */
const countDown = (value: number): string => {
  const unit = 10 ** Math.floor(Math.log10(value));
  return (Math.floor(value / unit) * unit).toLocaleString('en-US');
};

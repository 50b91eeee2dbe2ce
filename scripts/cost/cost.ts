/** Prints docs/cost.md, from the prices and assumptions in docs/prices.json. */
import { format, resolveConfig } from 'prettier';
import { audit, canary, metrics, prices, read, region, regions, shapes, stack, traffic } from '../../docs/prices.json';
import { markdownTable } from '../../local/report/markdown-table';
import { AUDIT_ROWS } from './audit';
import { cacheUsd } from './cache';
import { COMPONENTS, MONTH_SECONDS, monthlyUsd, metricCount, ROUNDS } from './components';
import { pairRows, pairUsd } from './regions';
import { batchCanaryUsd, batchUsd, idleBatchesUsd } from './batches';
import { dailyUsd, lookUsd, monthAlarmUsd, reportUsd, rulesUsd } from './spend-report';
import { answersAtOnce, marginalUsd, SHAPES, timesToTenth, totalUsd, WEB_CPU_SECOND_USD } from './shapes';

const PAGE = 'docs/cost.md';
const VOLUMES = [0, 1e6, 10e6, 100e6];

const TWO_DIGITS = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
const money = (usd: number): string => (usd > 0 && usd < 0.005 ? '< 0.01' : usd.toLocaleString('en-US', TWO_DIGITS));
/** Where a cent is much. */
const small = (usd: number): string => (usd === 0 || usd >= 0.005 ? money(usd) : usd.toPrecision(1));
const count = (number: number): string => number.toLocaleString('en-US');

const rows = COMPONENTS.map(([name, uses]) => ({ name, costs: VOLUMES.map((volume) => monthlyUsd(uses, volume)) }));
const totals = VOLUMES.map((_, column) => rows.reduce((sum, { costs }) => sum + costs[column]!, 0));
const [idleUsd = NaN] = totals;
const perHost = Object.values(metrics).filter(({ traffic: many }) => many >= stack.hosts).length;
const ofService = Object.values(metrics).filter(({ traffic: many }) => many === 1).length;
const metricsUsd = (many: number): string => money(many * prices.customMetric.usd);
const tokensUsd = stack.canary.dailyUsd * 31;
/** Five pollers of Lambda, each of which waits twenty seconds for a message. */
const POLLS = (5 * MONTH_SECONDS) / 20;
/** A request an hour more through the endpoint. */
const openAiDoorUsd =
  (ROUNDS / 60 / stack.canary.endpointChecks) *
  monthlyUsd(COMPONENTS.find(([name]) => name === 'Canary: calls of the endpoint')![1], 0);
const floorUsd = SHAPES[2]!.components.slice(-2).reduce((sum, [, uses]) => sum + monthlyUsd(uses, 0), 0);
const pair = pairRows(30);
const lambdaMillion = monthlyUsd(COMPONENTS.find(([name]) => name === 'Router: Lambda')![1], 1e6);

const page = `# What it costs

<!-- Made by scripts/cost from docs/prices.json: change that file, then run npm run docs:cost. -->

What AWS asks a month for the stack as \`failover.config.ts\` comes, in US dollars, free tiers not counted. The tokens of clients are
not in here: they cost what they cost without a gateway, and far more than all of this. The [canary's tokens](#tokens-of-the-canary)
come on top, at most ${money(tokensUsd)} USD.

${markdownTable(
  ['Component', 'idle', '1 million requests', '10 million', '100 million'],
  [
    ...rows.map(({ name, costs }) => [name, ...costs.map(money)]),
    ['**Total**', ...totals.map((usd) => `**${money(usd)}**`)],
  ],
  'numbers',
)}

One AWS account, ${region}, list prices as read on ${read}: check them for your region before you rely on them. Prices fall with
volume and with savings plans, which is not counted either.

## By what the router runs as

The table above is of \`shape: 'lambda'\`. [docs/shapes.md](shapes.md) says what else there is to choose by.

${markdownTable(
  ['The whole stack', 'idle', '1 million requests', '10 million', '100 million'],
  SHAPES.map((shape) => [shape.name, ...VOLUMES.map((volume) => money(totalUsd(shape, volume)))]),
  'numbers',
)}

${markdownTable(
  ['The router alone', 'idle', '1 million requests', '10 million', '100 million'],
  SHAPES.map(({ name, compute }) => [name, ...VOLUMES.map((volume) => money(monthlyUsd(compute, volume)))]),
  'numbers',
)}

- A process that serves many requests is not paid for waiting. Measured by \`npm run bench\`: ${shapes.measured.cpuMsPerAnswer} ms of CPU for an answer of 300 events
  in ten seconds, 64 at a time, on one of two busy cores; ${shapes.measured.environmentGb} GB held after ten minutes of every fault.
- **\`webFunction\`: the rates are assumed.** No page gives them in its text. As if a GB-second cost what it does in Lambda, and a second of a
  virtual CPU as much as the ${shapes.webFunction.vcpuGb} GB that come with one there: ${WEB_CPU_SECOND_USD.toExponential(2)} USD. Then a million answers cost
  _CPU seconds × that + seconds of environments × GB × ${prices.lambdaGbSecond.usd} + requests_. It is a tenth of Lambda's as long as CPU costs less than
  ${Math.floor(timesToTenth())} times that. One environment is counted for the whole month as soon as anybody calls; of an idle stack, the canary's calls.
- **\`fargate\`** has a floor: ${shapes.fargate.tasks} tasks of ${shapes.fargate.vcpu} virtual CPU and ${shapes.fargate.gb} GB, the load balancer, and ${shapes.fargate.tasks + shapes.fargate.balancerAddresses} addresses, ${money(floorUsd)} USD before anything else.
  Tasks of half the size make it ${money(floorUsd - monthlyUsd(SHAPES[2]!.compute, 0) / 2)}. A task serves ${count(answersAtOnce())} answers of ten seconds at a time with half of its CPU, and a million more
  take ${money(marginalUsd())} USD of it.

## What is assumed

- An answer takes ${traffic.answerSeconds} seconds; a request has ${traffic.requestKb} KB and its answer ${traffic.answerKb} KB. The router waits most of that time, and Lambda
  charges for it: ${money(lambdaMillion)} USD for a million answers at ${stack.functionsGb.Router} GB. \`memorySize\` scales that.
- All requests go over the internet to their host, and all answers to the client. Hosts in the same region cost less.
- A request writes ${traffic.routerLogKb} KB of log lines and ${traffic.accessLogKb} KB of access log, kept for ${traffic.logMonthsKept} months.
- The authorizer runs for every request, ${traffic.authorizerMs} ms each. X-Ray records ${traffic.tracesPerSecond} request a second and ${traffic.traceShareAbove * 100} % of the others.
- ${stack.hosts} hosts, ${stack.secrets} secret. A busy environment reads the health table every ${traffic.secondsBetweenTableReads} seconds and its secrets every ${traffic.secondsBetweenSecretReads / 60} minutes.
- The canary makes a round each minute, ${canary.roundSeconds} seconds long: ${count(stack.canary.hostChecks)} checks of hosts a month and ${count(stack.canary.endpointChecks)} through the endpoint,
  ${canary.endpointSeconds} seconds each. A check sends ${canary.checkKb} KB, writes ${canary.checkLogKb} KB of log lines and one item of the table; a round, ${canary.roundLogKb} KB and one item.
- Nobody calls an idle stack but the canary: through the endpoint, every four minutes, half of it as streams. So the router
  publishes [what it publishes of any request](#custom-metrics-multiply), and of hosts only for the first. No metric exists before
  there is something to tell: a failed credential, a drain, spend above 1 USD a day. The other columns count all.
- CloudWatch charges a metric only for the hours in which it has data; here each counts for the whole month.
- An alarm counts by the metrics in it: ${stack.alarmMetrics} in all, and ${stack.compositeAlarms} composite alarm. The spend is looked at each hour, the keys' age each day,
  for ${canary.watchSeconds} second; the hook before a deployment runs only with one.

## A response cache

[Off](cache.md) unless a route has one, and then nothing while nobody asks. A look is half a read unit, an answer of 2 KB, zipped, two
write units: ${money(cacheUsd(0))} USD for a million requests of which none is answered from it, ${money(cacheUsd(0.5))} where half are. Each hit saves the
tokens of an answer and ten seconds of a Lambda function. Its metrics are 0.30 USD each, in
the hours in which they have data.

## Tokens of the canary

Paid to the hosts, and so not in the table: at most ${money(tokensUsd)} USD in a month of 31 days, ${stack.canary.dailyUsd} a day at list prices, for the ${stack.hosts} hosts and
the models of \`failover.config.ts\`. With them, an idle stack costs ${money(idleUsd + tokensUsd)} USD a month.

The budget is ${stack.canary.dailyBudgetUsd} USD a day by default. Dearer models or more hosts make checks rarer, not dearer, and once a day's budget is
spent, only checks that cost nothing go on. \`canary.dailyBudgetUsd\` in the configuration sets another, \`canary: false\` does without.

## Custom metrics multiply

CloudWatch charges ${prices.customMetric.usd.toFixed(2)} USD a month for every metric name with every set of dimension values. With traffic, ${ofService} metrics of
the service, ${perHost} a host and 1 of the endpoint make ${metricsUsd(metricCount('traffic'))} USD, and each further host ${metricsUsd(perHost)} USD. The same ${ofService} metrics by
host, model (10) and streaming or not would be ${ofService} × ${stack.hosts} × 10 × 2 = ${ofService * stack.hosts * 20} metrics, ${metricsUsd(ofService * stack.hosts * 20)} USD. So that detail is in
the log lines, where Logs Insights finds it.

${markdownTable(
  ['Metric', 'idle', 'with traffic'],
  [
    ...Object.entries(metrics).map(([name, when]) => [`\`${name}\``, when.idle, when.traffic]),
    ['**All**', metricCount('idle'), metricCount('traffic')],
  ],
  'numbers',
)}

\`HostCanaryFailures\` has the endpoint as one more host. \`HostQuotaHeadroom\` needs quotas that the default configuration does not give.

## What adds to it

- A further key or application in Secrets Manager: ${money(prices.secret.usd)} USD each, and as much for each replica region.
- The dashboard: ${money(prices.dashboard.usd)} USD where the account has more than three. The first three of an account are free.
- A further fallback: ${metricsUsd(perHost)} USD of metrics, ${money(2 * prices.alarmMetric.usd)} USD of alarms, and its checks.
- Quotas to hold against the traffic's peak (\`canary.quotas\`): ${metricsUsd(1)} USD of metrics for each host that has one.
- OpenAI's door in the canary (\`canary.openaiDoor\`): ${money(openAiDoorUsd)} USD; its tokens are within the day's budget.
- The look from outside (\`canary.outsideView\`): ${prices.outsideLook.usd} USD a look, ${money((ROUNDS * prices.outsideLook.usd) / 5)} USD with one every five minutes, and its function,
  log lines and alarm.
- Requests that can wait (\`queue\`): idle, Lambda asks SQS ${count(POLLS)} times a month, which is ${money((POLLS * prices.sqsRequest.usd) / prices.sqsRequest.per)} USD beyond SQS's free million, and an alarm,
  ${money(prices.alarmMetric.usd)} USD. What waits: [queue.md](queue.md#what-it-costs).
- Message Batches (\`batches\`): idle, two alarms, ${money(idleBatchesUsd)} USD, one of them not on Fargate. A batch that ends within an hour wakes its worker for
  ${batchUsd(60).toFixed(4)} USD; what hosts take for it: [batches.md](batches.md). Its canary (\`batches.canary\`): ${money(batchCanaryUsd)} USD, and a few tokens a day.
- A guardrail of a team ([policy.md](policy.md#a-guardrail)): ${prices.guardrailUnits.usd} USD for 1,000 units of 1,000 characters by its content filters, and its other
  policies beside that: ${money((1_000_000 * 2 * prices.guardrailUnits.usd) / prices.guardrailUnits.per)} USD for a million requests with 2,000 new characters each.
- Limits of a team by the minute or at a time: two writes to the health table a request, ${money((2_000_000 * prices.tableWrite.usd) / prices.tableWrite.per)} USD for a million.
- [Spend limits](spend.md): nothing idle, and two writes a request for each limit that it falls under, at most: ${money(4 * prices.tableWrite.usd)} USD for a million requests under two.
- What is told of the cost of tokens (\`spendReport\`): [below](#cost-of-seeing-the-cost).
- A customer managed KMS key, a firewall (WAF), a VPC with NAT gateways or endpoints: see AWS's prices; none is on by default.

## The audit trail

By \`audit\` of \`failover.config.ts\` ([audit.md](audit.md)), in USD a month:

${markdownTable(
  ['What it adds', 'idle', '1 million requests', '10 million', '100 million'],
  AUDIT_ROWS.map(({ name, usd }) => [name, ...VOLUMES.map((volume) => money(usd(volume)))]),
  'numbers',
)}

A record has ${audit.recordKb} KB, ${audit.compressedKb} when it is compressed, kept for ${audit.monthsKept} months; that storage is reached after as long. Firehose charges by whole 5 KB, and so takes
${(5 / audit.recordKb).toFixed(0)} times as much of a router that writes one record at a time. Idle, it is the key and two alarms; its first two rotations, a year apart, add
${money(prices.kmsKey.usd)} USD each, in every month from then on. Contents take ${audit.contentsKb} KB a request for ${audit.contentsMonthsKept} month. Queries cost ${money(prices.scannedTb.usd)} USD a TB that is scanned.

## Cost of seeing the cost

All of it is off by default ([spend-report.md](spend-report.md)), and nothing of it costs anything while there are no requests, but the alarm.

${markdownTable(
  ['USD', 'idle', '1 million requests', '10 million', '100 million'],
  [
    ['Daily message and anomalies, a month', ...VOLUMES.map((volume) => small(dailyUsd(volume)))],
    ['One look at the dashboard, of three hours', ...VOLUMES.map((volume) => small(lookUsd(volume)))],
    ['One `spend report` of a whole month', ...VOLUMES.map((volume) => small(reportUsd(volume)))],
    ['Alarm of the month, a month', ...VOLUMES.map(() => small(monthAlarmUsd))],
    [
      'Looks that cost what rules of Contributor Insights would',
      '',
      ...VOLUMES.slice(1).map((volume) => count(Math.round(rulesUsd(volume) / lookUsd(volume)))),
    ],
  ],
  'numbers',
)}

The daily message looks through eight days of the router's log, a report through a month of it, and the dashboard four times through what
is shown. Rules of Contributor Insights would draw the same graphs for ${money(rulesUsd(0))} USD a month and ${money(3 * prices.contributorEvent.usd)} USD a million requests, looked at or not: less
only where a screen is always on, and they can neither weigh lines that stand for others nor tell what has no price.

## Two regions

Both stacks together, idle, by \`regions\` and \`domain\` of \`failover.config.ts\` ([regions.md](regions.md)):

${markdownTable(
  ['Part', 'USD a month'],
  [...pair.map(({ name, usd }) => [name, money(usd)]), ['**Total**', `**${money(pairUsd(pair))}**`]],
  'numbers',
)}

So the second region adds ${money(pairUsd(pair) - idleUsd)} USD to one alone. Looks every ten seconds instead make ${money(pairUsd(pairRows(10)))} USD in all, most of it requests to API
Gateway, which charges every look of every checker: that is why Route 53 looks from ${regions.checkedFrom} places only, the fewest it takes. How many checkers
it has in each is not documented; ${regions.checkersInRegion} are assumed. The zone is most often there already. The canaries share the tokens: half of the budget each, so
that both together stay within ${money(tokensUsd)} USD.

## Prices

${markdownTable(
  ['Price', 'USD', 'source'],
  Object.values(prices).map(({ unit, usd, source, ...more }) => [
    unit,
    usd,
    `<${source}>${'quotedBy' in more ? `, as ${more.quotedBy}` : ''}`,
  ]),
  'numbers',
)}
`;

async function print(): Promise<void> {
  process.stdout.write(await format(page, { ...(await resolveConfig(PAGE)), filepath: PAGE }));
}

void print();

/** Prints docs/cost.md, from the prices and assumptions in docs/prices.json. */
import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

const PAGE = 'docs/cost.md';
const MONTH_SECONDS = 30 * 24 * 3600;
/** lib/contract.ts: one datapoint a request, and those that each host has. */
const SERVICE_METRICS = 10;
const METRICS_PER_HOST = 2;
const VOLUMES = [0, 1e6, 10e6, 100e6];

const { prices, stack, traffic, region, read } = JSON.parse(readFileSync('docs/prices.json', 'utf8'));

const gb = (requests, kb) => (requests * kb) / 1e6;
const seconds = (requests) => requests * traffic.answerSeconds;
/** Environments busy at a time, on average: each reads the table and the secrets by itself. */
const environments = (requests) => seconds(requests) / MONTH_SECONDS;
const polls = (requests, every) => (environments(requests) * MONTH_SECONDS) / every;
const logs = (requests) => gb(requests, traffic.routerLogKb + traffic.accessLogKb);
const traces = (requests) => {
  const first = Math.min(requests, traffic.tracesPerSecond * MONTH_SECONDS);
  return first + (requests - first) * traffic.traceShareAbove;
};

/** Component, then what it uses: [price, amount by requests a month]. */
const COMPONENTS = [
  ['API Gateway', [['apiRequest', (requests) => requests]]],
  [
    'Router: Lambda',
    [
      ['lambdaRequest', (requests) => requests],
      ['lambdaGbSecond', (requests) => seconds(requests) * stack.memoryGb],
    ],
  ],
  [
    'Authorizer: Lambda',
    [
      ['lambdaRequest', (requests) => requests],
      ['lambdaGbSecond', (requests) => ((requests * traffic.authorizerMs) / 1000) * stack.authorizerGb],
    ],
  ],
  ['Data out: answers to clients', [['transferOutGb', (requests) => gb(requests, traffic.answerKb)]]],
  ['Data out: requests to hosts', [['transferOutGb', (requests) => gb(requests, traffic.requestKb)]]],
  [
    'Logs',
    [
      ['logGb', logs],
      ['logStorageGb', (requests) => logs(requests) * traffic.logMonthsKept],
    ],
  ],
  ['Custom metrics', [['customMetric', () => SERVICE_METRICS + METRICS_PER_HOST * stack.hosts]]],
  ['Alarms', [['alarmMetric', () => stack.alarmMetrics]]],
  ['Traces', [['trace', traces]]],
  [
    'Secrets',
    [
      ['secret', () => stack.secrets],
      ['secretCall', (requests) => stack.secrets * polls(requests, traffic.secondsBetweenSecretReads)],
    ],
  ],
  ['Health table', [['tableRead', (requests) => polls(requests, traffic.secondsBetweenTableReads) / 2]]],
  ['Key age reminder: Lambda', [['lambdaRequest', () => 30]]],
];

const cost = (uses, requests) =>
  uses.reduce((sum, [price, amount]) => sum + (amount(requests) * prices[price].usd) / prices[price].per, 0);
const TWO_DIGITS = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
const money = (usd) => (usd > 0 && usd < 0.005 ? '< 0.01' : usd.toLocaleString('en-US', TWO_DIGITS));
const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (head, rows) => [row(head), row(head.map((_, column) => (column ? '--:' : '---'))), ...rows.map(row)];

const used = new Set(COMPONENTS.flatMap(([, uses]) => uses.map(([price]) => price)));
const rows = COMPONENTS.map(([name, uses]) => [name, ...VOLUMES.map((volume) => cost(uses, volume))]);
const totals = VOLUMES.map((_, column) => rows.reduce((sum, cells) => sum + cells[column + 1], 0));
const perHost = METRICS_PER_HOST * prices.customMetric.usd;
const lambdaMillion = cost(COMPONENTS[1][1], 1e6);

const page = `# What it costs

<!-- Made by scripts/cost.mjs from docs/prices.json: change that file, then run npm run docs:cost. -->

What AWS asks a month for the stack as \`failover.config.ts\` comes, in US dollars, free tiers not counted. The tokens of the models
are not in here: they cost what they cost without a gateway, and far more than all of this.

${table(
  ['Component', 'idle', '1 million requests', '10 million', '100 million'],
  [
    ...rows.map(([name, ...costs]) => [name, ...costs.map(money)]),
    ['**Total**', ...totals.map((usd) => `**${money(usd)}**`)],
  ],
).join('\n')}

One AWS account, ${region}, list prices as read on ${read}: check them for your region before you rely on them. Prices fall with
volume and with savings plans, which is not counted either.

## What is assumed

- An answer takes ${traffic.answerSeconds} seconds; a request has ${traffic.requestKb} KB and its answer ${traffic.answerKb} KB. The router waits most of that time, and Lambda
  charges for it: ${money(lambdaMillion)} USD for a million answers at ${stack.memoryGb} GB. \`memorySize\` scales that.
- All requests go over the internet to their host, and all answers to the client. Hosts in the same region cost less.
- A request writes ${traffic.routerLogKb} KB of log lines and ${traffic.accessLogKb} KB of access log, kept for ${traffic.logMonthsKept} months.
- The authorizer runs for every request, ${traffic.authorizerMs} ms each. X-Ray records ${traffic.tracesPerSecond} request a second and ${traffic.traceShareAbove * 100} % of the others.
- ${stack.hosts} hosts, ${stack.secrets} secret. A busy environment reads the health table every ${traffic.secondsBetweenTableReads} seconds and its secrets every ${traffic.secondsBetweenSecretReads / 60} minutes.
- Idle counts every custom metric for the whole month, although CloudWatch charges only for the hours in which one has data.

## Custom metrics multiply

CloudWatch charges ${prices.customMetric.usd.toFixed(2)} USD a month for every metric name with every set of dimension values. ${SERVICE_METRICS} metrics of the service and
${METRICS_PER_HOST} a host make ${money(cost(COMPONENTS[6][1], 0))} USD, and each further host ${money(perHost)} USD. The same ${SERVICE_METRICS} metrics by host, model (10) and streaming or not would be
${SERVICE_METRICS} × ${stack.hosts} × 10 × 2 = ${SERVICE_METRICS * stack.hosts * 20} metrics, ${money(SERVICE_METRICS * stack.hosts * 20 * prices.customMetric.usd)} USD. So that detail is in the log lines, where Logs Insights finds it.

## What adds to it

- A further key or application in Secrets Manager: ${money(prices.secret.usd)} USD each, and as much for each replica region.
- A customer managed KMS key, a firewall (WAF), a VPC with NAT gateways or endpoints: see AWS's prices; none is on by default.

## Prices

${table(
  ['Price', 'USD', 'source'],
  [...used].map((key) => [prices[key].unit, prices[key].usd, `<${prices[key].source}>`]),
).join('\n')}
`;

process.stdout.write(await format(page, { ...(await resolveConfig(PAGE)), filepath: PAGE }));

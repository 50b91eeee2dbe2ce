/** Prints docs/cost.md, from the prices and assumptions in docs/prices.json. */
import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

const PAGE = 'docs/cost.md';
const MONTH_SECONDS = 30 * 24 * 3600;
const ROUNDS = MONTH_SECONDS / 60;
/** Of the spend, each hour, and of the keys' age, each day. */
const WATCHES = 30 * 24 + 30;
const VOLUMES = [0, 1e6, 10e6, 100e6];

const { prices, stack, metrics, traffic, canary, region, read } = JSON.parse(readFileSync('docs/prices.json', 'utf8'));

const gb = (requests, kb) => (requests * kb) / 1e6;
const seconds = (requests) => requests * traffic.answerSeconds;
/** Environments busy at a time, on average: each reads the table and the secrets by itself. */
const environments = (requests) => seconds(requests) / MONTH_SECONDS;
/** Besides those of clients: the canary keeps one of its own warm and one of the router. */
const CANARY_ENVIRONMENTS = 2;
const polls = (requests, every) => (environments(requests) * MONTH_SECONDS) / every;
const logs = (requests) => gb(requests, traffic.routerLogKb + traffic.accessLogKb);
const traces = (requests) => {
  const first = Math.min(requests, traffic.tracesPerSecond * MONTH_SECONDS);
  return first + (requests - first) * traffic.traceShareAbove;
};
const { functionsGb } = stack;
const { hostChecks, endpointChecks } = stack.canary;
const checks = hostChecks + endpointChecks;
const canaryLogs = gb(checks, canary.checkLogKb) + gb(ROUNDS, canary.roundLogKb);
const authorizerGbSeconds = (requests) =>
  ((requests * traffic.authorizerMs) / 1000) * functionsGb['Auth/KeyAuthorizer'];
const metricCount = (when) => Object.values(metrics).reduce((sum, metric) => sum + metric[when], 0);
const METRICS_ROW = 'Custom metrics';

/** Component, then what it uses: [price, amount by requests a month]. */
const COMPONENTS = [
  ['API Gateway', [['apiRequest', (requests) => requests]]],
  [
    'Router: Lambda',
    [
      ['lambdaRequest', (requests) => requests],
      ['lambdaGbSecond', (requests) => seconds(requests) * functionsGb.Router],
    ],
  ],
  [
    'Authorizer: Lambda',
    [
      ['lambdaRequest', (requests) => requests],
      ['lambdaGbSecond', authorizerGbSeconds],
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
  [METRICS_ROW, [['customMetric', (requests) => metricCount(requests > 0 ? 'traffic' : 'idle')]]],
  [
    'Alarms',
    [
      ['alarmMetric', () => stack.alarmMetrics],
      ['compositeAlarm', () => stack.compositeAlarms],
    ],
  ],
  ['Traces', [['trace', traces]]],
  [
    'Secrets',
    [
      ['secret', () => stack.secrets],
      [
        'secretCall',
        (requests) =>
          stack.secrets *
          (polls(requests, traffic.secondsBetweenSecretReads) +
            (CANARY_ENVIRONMENTS * MONTH_SECONDS) / traffic.secondsBetweenSecretReads),
      ],
    ],
  ],
  ['Health table', [['tableRead', (requests) => polls(requests, traffic.secondsBetweenTableReads) / 2]]],
  [
    'Canary: schedule and Lambda',
    [
      ['scheduled', () => ROUNDS],
      ['lambdaRequest', () => ROUNDS],
      ['lambdaGbSecond', () => ROUNDS * canary.roundSeconds * functionsGb.Canary],
      ['transferOutGb', () => gb(checks, canary.checkKb)],
    ],
  ],
  [
    'Canary: calls of the endpoint',
    [
      ['apiRequest', () => endpointChecks],
      ['lambdaRequest', () => 2 * endpointChecks],
      [
        'lambdaGbSecond',
        () => endpointChecks * canary.endpointSeconds * functionsGb.Router + authorizerGbSeconds(endpointChecks),
      ],
      ['transferOutGb', () => gb(endpointChecks, canary.checkKb)],
      ['trace', () => endpointChecks],
      ['tableRead', () => endpointChecks / 2],
      ['logGb', () => logs(endpointChecks)],
      ['logStorageGb', () => logs(endpointChecks) * traffic.logMonthsKept],
    ],
  ],
  [
    'Canary: health table',
    [
      ['tableWrite', () => checks + ROUNDS],
      ['tableRead', () => ROUNDS * canary.tableReadsPerRound],
    ],
  ],
  [
    'Canary: logs',
    [
      ['logGb', () => canaryLogs],
      ['logStorageGb', () => canaryLogs * traffic.logMonthsKept],
    ],
  ],
  [
    'Watch of spend and keys',
    [
      ['lambdaRequest', () => WATCHES],
      ['lambdaGbSecond', () => WATCHES * canary.watchSeconds * functionsGb.KeyReminder],
      ['metricRead', () => 30 * 24],
      ['trace', () => WATCHES],
    ],
  ],
];

const cost = (uses, requests) =>
  uses.reduce((sum, [price, amount]) => sum + (amount(requests) * prices[price].usd) / prices[price].per, 0);
const TWO_DIGITS = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
const money = (usd) => (usd > 0 && usd < 0.005 ? '< 0.01' : usd.toLocaleString('en-US', TWO_DIGITS));
const count = (number) => number.toLocaleString('en-US');
const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (head, rows) => [row(head), row(head.map((_, column) => (column ? '--:' : '---'))), ...rows.map(row)];

const rows = COMPONENTS.map(([name, uses]) => [name, ...VOLUMES.map((volume) => cost(uses, volume))]);
const totals = VOLUMES.map((_, column) => rows.reduce((sum, cells) => sum + cells[column + 1], 0));
const [idleUsd] = totals;
const perHost = Object.values(metrics).filter(({ traffic: many }) => many >= stack.hosts).length;
const ofService = Object.values(metrics).filter(({ traffic: many }) => many === 1).length;
const metricsUsd = (many) => money(many * prices.customMetric.usd);
const tokensUsd = stack.canary.dailyUsd * 31;
const lambdaMillion = cost(COMPONENTS[1][1], 1e6);

const page = `# What it costs

<!-- Made by scripts/cost.mjs from docs/prices.json: change that file, then run npm run docs:cost. -->

What AWS asks a month for the stack as \`failover.config.ts\` comes, in US dollars, free tiers not counted. The tokens of clients are
not in here: they cost what they cost without a gateway, and far more than all of this. The [canary's tokens](#tokens-of-the-canary)
come on top, at most ${money(tokensUsd)} USD.

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
  charges for it: ${money(lambdaMillion)} USD for a million answers at ${functionsGb.Router} GB. \`memorySize\` scales that.
- All requests go over the internet to their host, and all answers to the client. Hosts in the same region cost less.
- A request writes ${traffic.routerLogKb} KB of log lines and ${traffic.accessLogKb} KB of access log, kept for ${traffic.logMonthsKept} months.
- The authorizer runs for every request, ${traffic.authorizerMs} ms each. X-Ray records ${traffic.tracesPerSecond} request a second and ${traffic.traceShareAbove * 100} % of the others.
- ${stack.hosts} hosts, ${stack.secrets} secret. A busy environment reads the health table every ${traffic.secondsBetweenTableReads} seconds and its secrets every ${traffic.secondsBetweenSecretReads / 60} minutes.
- The canary makes a round each minute, ${canary.roundSeconds} seconds long: ${count(hostChecks)} checks of hosts a month and ${count(endpointChecks)} through the endpoint,
  ${canary.endpointSeconds} seconds each. A check sends ${canary.checkKb} KB, writes ${canary.checkLogKb} KB of log lines and one item of the table; a round, ${canary.roundLogKb} KB and one item.
- Nobody calls an idle stack but the canary: through the endpoint, every four minutes, half of it as streams. So the router
  publishes [what it publishes of any request](#custom-metrics-multiply), and of hosts only for the first. No metric exists before
  there is something to tell: a failed credential, a drain, spend above 1 USD a day. The other columns count all.
- CloudWatch charges a metric only for the hours in which it has data; here each counts for the whole month.
- An alarm counts by the metrics in it: ${stack.alarmMetrics} in all, and ${stack.compositeAlarms} composite alarm. The spend is looked at each hour, the keys' age each day,
  for ${canary.watchSeconds} second; the hook before a deployment runs only with one.

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

${table(
  ['Metric', 'idle', 'with traffic'],
  [
    ...Object.entries(metrics).map(([name, when]) => [`\`${name}\``, when.idle, when.traffic]),
    ['**All**', metricCount('idle'), metricCount('traffic')],
  ],
).join('\n')}

\`HostCanaryFailures\` has the endpoint as one more host. \`HostQuotaHeadroom\` needs quotas that the default configuration does not give.

## What adds to it

- A further key or application in Secrets Manager: ${money(prices.secret.usd)} USD each, and as much for each replica region.
- The dashboard: ${money(prices.dashboard.usd)} USD where the account has more than three. The first three of an account are free.
- A further fallback: ${metricsUsd(perHost)} USD of metrics, ${money(2 * prices.alarmMetric.usd)} USD of alarms, and its checks.
- Quotas to hold against the traffic's peak (\`canary.quotas\`): ${metricsUsd(1)} USD of metrics for each host that has one.
- The look from outside (\`canary.outsideView\`): ${prices.outsideLook.usd} USD a look, ${money((ROUNDS * prices.outsideLook.usd) / 5)} USD with one every five minutes, and its function,
  log lines and alarm.
- A customer managed KMS key, a firewall (WAF), a VPC with NAT gateways or endpoints: see AWS's prices; none is on by default.

## Prices

${table(
  ['Price', 'USD', 'source'],
  Object.values(prices).map(({ unit, usd, source }) => [unit, usd, `<${source}>`]),
).join('\n')}
`;

process.stdout.write(await format(page, { ...(await resolveConfig(PAGE)), filepath: PAGE }));

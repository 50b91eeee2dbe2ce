import { prices, shapes, traffic } from '../../docs/prices.json';
import { cpuHours, SHAPE_COST, type ShapeLoad } from '../../bench/scale/shape-cost';
import { markdownTable } from '../../local/report/markdown-table';

const MONTH_SECONDS = 30 * 24 * 3600;
const loadOf = (requests: number): ShapeLoad => ({
  requests,
  atATime: (requests * traffic.answerSeconds) / MONTH_SECONDS,
  gigabytes: (requests * (traffic.requestKb + traffic.answerKb)) / 1e6,
});

/** A section of docs/cost.md. */
export function shapesSection(volumes: readonly number[], money: (usd: number) => string): string {
  const loads = volumes.map(loadOf);
  const million = loadOf(1e6);
  const row = (name: string, usd: (load: ShapeLoad) => number): (string | number)[] => [
    name,
    ...loads.map((load) => money(usd(load))),
  ];
  const { cheap, dear } = shapes.webFunctionRates;
  const share = (usd: number): string => `${((100 * usd) / SHAPE_COST.lambda(million)).toFixed(1)} %`;
  const marginal = SHAPE_COST.fargate(loadOf(100e6)) - SHAPE_COST.fargate(loadOf(0));
  return `## By shape

What runs the router and what stands before it; all else in the table above is the same, but for the authorizer and the traces, which
only the Lambda shape has.

${markdownTable(
  ['Shape', 'idle', '1 million requests', '10 million', '100 million'],
  [
    row('Lambda behind API Gateway', SHAPE_COST.lambda),
    row('Web Function, cheap rates (assumed)', (load) => SHAPE_COST.webFunction(load, 'cheap')),
    row('Web Function, dear rates (assumed)', (load) => SHAPE_COST.webFunction(load, 'dear')),
    row('Fargate and its load balancer', SHAPE_COST.fargate),
  ],
  'numbers',
)}

- **CPU**: ${shapes.measuredCpuMs} ms an answer, measured (${shapes.measured}): ${cpuHours(million).toFixed(1)} hours of a virtual CPU for a million answers.
- **Web Function**: CPU-hours × rate + environments × ${shapes.heldGb} GB × hours × rate + requests × rate. Environments: as many as it takes for ${shapes.requestsPerEnvironment}
  requests in each, and with little traffic one, while there is a request (1 − e^−requests at a time). **No page that could be read names the
  rates**, so they are assumed from two sides: cheap is Fargate's (${cheap.vcpuHour} USD a vCPU-hour, ${cheap.gbHour} a GB-hour, ${cheap.millionRequests} a million requests), dear
  twice what Lambda's memory price makes of a CPU (${dear.vcpuHour}, ${dear.gbHour}, ${dear.millionRequests}). A million answers cost ${share(SHAPE_COST.webFunction(million, 'cheap'))} to ${share(SHAPE_COST.webFunction(million, 'dear'))} of the Lambda shape.
- **Fargate**: ${shapes.fargate.minTasks} tasks of ${shapes.fargate.vcpu} vCPU and ${shapes.fargate.gb} GB at least, at ${shapes.fargate.cpuShare * 100} % of their CPU, each with a public address, and a load balancer with
  ${shapes.fargate.balancerAddresses}. A million answers more cost ${money(marginal / 100)} USD. AWS's pages could not be read for these; two reports of 2026 have the same: ${['fargateGbHour', 'balancerHour', 'balancerUnitHour', 'publicIpHour'].map((name) => prices[name as keyof typeof prices].usd).join(', ')}.
- In place of the access log's ${traffic.accessLogKb} KB a request there is nothing: the router's own line says who called.
`;
}

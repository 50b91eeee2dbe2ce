import { prices, shapes, stack, traffic } from '../../docs/prices.json';
import { COMPONENTS, environments, monthlyUsd, MONTH_SECONDS, type Component, type Use } from './components';

const MONTH_HOURS = MONTH_SECONDS / 3600;
const { measured, webFunction, fargate } = shapes;
const CANARY_CALLS = 'Canary: calls of the endpoint';
/** What only Lambda behind API Gateway has. */
const OF_LAMBDA = ['API Gateway', 'Router: Lambda', 'Authorizer: Lambda', 'Traces', CANARY_CALLS];
const COMMON = COMPONENTS.filter(([name]) => !OF_LAMBDA.includes(name));

/** CPU seconds of all requests, the canary's among them. */
const cpuSeconds = (requests: number): number =>
  ((requests + stack.canary.endpointChecks) * measured.cpuMsPerAnswer) / 1000;

/** No page gave what a Web Function costs: as if a GB-second and, by the GB it comes with, a virtual CPU cost what they do in Lambda. */
export const WEB_CPU_SECOND_USD = prices.lambdaGbSecond.usd * webFunction.vcpuGb;
/** Memory is held as long as an environment is there: at least one all the time, once somebody calls. */
const webGbSeconds = (requests: number): number =>
  MONTH_SECONDS *
  Math.max(requests > 0 ? 1 : 0, environments(requests) / webFunction.requestsPerEnvironment) *
  measured.environmentGb;
const idleGbSeconds = stack.canary.endpointChecks * traffic.answerSeconds * measured.environmentGb;

const WEB_COMPUTE: Use[] = [
  ['lambdaRequest', (requests) => requests + stack.canary.endpointChecks],
  ['lambdaGbSecond', (requests) => cpuSeconds(requests) * webFunction.vcpuGb],
  ['lambdaGbSecond', (requests) => Math.max(webGbSeconds(requests), idleGbSeconds)],
];

/** Two always, and more where half of their CPU does not do. */
export const tasks = (requests: number): number =>
  Math.max(fargate.tasks, Math.ceil(cpuSeconds(requests) / MONTH_SECONDS / (fargate.vcpu * fargate.busyShare)));
const taskHours = (requests: number): number => tasks(requests) * MONTH_HOURS;
const FARGATE_COMPUTE: Use[] = [
  ['fargateVcpuHour', (requests) => taskHours(requests) * fargate.vcpu],
  ['fargateGbHour', (requests) => taskHours(requests) * fargate.gb],
];

const balancerGb = (requests: number): number => (requests * (traffic.requestKb + traffic.answerKb)) / 1e6;
const BALANCER: Use[] = [
  ['balancerHour', () => MONTH_HOURS],
  ['balancerUnit', (requests) => Math.max(balancerGb(requests), (environments(requests) / 3000) * MONTH_HOURS)],
  ['addressHour', (requests) => taskHours(requests) + fargate.balancerAddresses * MONTH_HOURS],
];

interface Shape {
  readonly name: string;
  readonly compute: readonly Use[];
  readonly components: readonly Component[];
}

export const SHAPES: readonly Shape[] = [
  { name: '`lambda`', compute: COMPONENTS.find(([name]) => name === 'Router: Lambda')![1], components: COMPONENTS },
  { name: '`webFunction`', compute: WEB_COMPUTE, components: [...COMMON, ['Web Function', WEB_COMPUTE]] },
  {
    name: '`fargate`',
    compute: FARGATE_COMPUTE,
    components: [...COMMON, ['Fargate', FARGATE_COMPUTE], ['Load balancer and addresses', BALANCER]],
  },
];

export const totalUsd = ({ components }: Shape, requests: number): number =>
  components.reduce((sum, [, uses]) => sum + monthlyUsd(uses, requests), 0);

/** What one answer more takes of a process: its CPU alone. */
export const marginalUsd = (): number =>
  ((1e6 * measured.cpuMsPerAnswer) / 1000 / 3600 / fargate.busyShare) *
  (prices.fargateVcpuHour.usd + (fargate.gb / fargate.vcpu) * prices.fargateGbHour.usd);

/** At how many times Lambda's price of CPU a Web Function would cost a tenth of Lambda for a million answers. */
export function timesToTenth(): number {
  const tenth = monthlyUsd(SHAPES[0]!.compute, 1e6) / 10;
  const memory = monthlyUsd([WEB_COMPUTE[0]!, WEB_COMPUTE[2]!], 1e6);
  return (tenth - memory) / monthlyUsd([WEB_COMPUTE[1]!], 1e6);
}

export const answersAtOnce = (): number =>
  Math.floor((1000 / measured.cpuMsPerAnswer) * fargate.vcpu * fargate.busyShare * traffic.answerSeconds);

import { prices, shapes } from '../../docs/prices.json';
import type { HourRecord } from './simulation/record';
import { peak, total } from './windows';

const { measured, webFunction, fargate } = shapes;
const MONTH_SECONDS = 30 * 24 * 3600;
const HOUR_SECONDS = 3600;

/** The same hour where a process serves many requests at a time, and is not paid for waiting. */
export interface OtherShapes {
  /** At the peak. */
  readonly environments: number;
  readonly tasks: number;
  /** USD a month of the router alone. */
  readonly webFunction: number;
  readonly fargate: number;
}

export function otherShapes(record: HourRecord, requestsPerMinute: number): OtherShapes {
  const requests = (requestsPerMinute * MONTH_SECONDS) / 60;
  const cpuSeconds = (many: number): number => (many * measured.cpuMsPerAnswer) / 1000;
  const tasksFor = (perSecond: number): number =>
    Math.max(fargate.tasks, Math.ceil(cpuSeconds(perSecond) / (fargate.vcpu * fargate.busyShare)));
  const environments = (concurrency: number): number => Math.ceil(concurrency / webFunction.requestsPerEnvironment);
  const mean = record.busySeconds / HOUR_SECONDS;
  const gbSeconds =
    cpuSeconds(requests) * webFunction.vcpuGb +
    Math.max(1, environments(mean)) * MONTH_SECONDS * measured.environmentGb;
  const taskHours = (tasksFor(total(record.requests) / HOUR_SECONDS) * MONTH_SECONDS) / HOUR_SECONDS;
  return {
    environments: environments(peak(record.concurrency)),
    tasks: tasksFor(peak(record.requests)),
    webFunction:
      gbSeconds * prices.lambdaGbSecond.usd + (requests * prices.lambdaRequest.usd) / prices.lambdaRequest.per,
    fargate: taskHours * (fargate.vcpu * prices.fargateVcpuHour.usd + fargate.gb * prices.fargateGbHour.usd),
  };
}

import type { Clock } from '../../engine/time/clock';
import type { Lines } from './lines';

type Level = 'INFO' | 'WARN' | 'ERROR' | 'CRITICAL';
export type WriteLog = (level: Level, message: string, fields: object) => void;

/**
 * One JSON line a call: the same fields as Powertools' logger writes, without its object and copies a line.
 * `trace`: the invocation's, where there is one.
 */
export function createLogWriter(
  service: string,
  { now }: Clock,
  lines: Lines,
  trace: () => string | undefined,
): WriteLog {
  const ofService = `","service":${JSON.stringify(service)},"sampling_rate":0`;
  let second = NaN;
  let secondText = '';
  const timestamp = (): string => {
    const ms = now();
    const thousandths = ms % 1000;
    // Printing a date costs as much as half of the line's fields, and a busy process does it many times a second.
    if (ms - thousandths !== second) {
      second = ms - thousandths;
      secondText = new Date(second).toISOString().slice(0, -4);
    }
    return `${secondText}${String(thousandths).padStart(3, '0')}Z`;
  };
  return (level, message, fields) => {
    const id = trace();
    const ofTrace = id === undefined ? '' : `,"xray_trace_id":${JSON.stringify(id)}`;
    const start = `{"level":"${level}","message":"${message}","timestamp":"${timestamp()}${ofService}${ofTrace}`;
    lines.write(`${start},${JSON.stringify(fields).slice(1)}\n`, level !== 'INFO');
  };
}

import { cpus, loadavg } from 'node:os';
import { canPin } from './processes';

export function describeMachine() {
  return {
    node: `Node ${process.version}`,
    cpu: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}`,
    load: `load ${loadavg()[0]?.toFixed(2)}`,
    pinned: canPin ? 'gateway on a core of its own' : 'not pinned: taskset or a second core is missing',
  };
}

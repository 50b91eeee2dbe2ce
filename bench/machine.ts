import { cpus, loadavg } from 'node:os';
import { canPin } from './processes';

export function describeMachine() {
  const processors = cpus();
  const load = loadavg()[0] ?? 0;
  return {
    node: `Node ${process.version}`,
    cpu: `${processors.length} x ${processors[0]?.model ?? 'unknown processor'}`,
    load: `load ${load.toFixed(2)}${load > processors.length ? ': shared with other work, so that figures are rough' : ''}`,
    pinned: canPin ? 'gateway on a core of its own' : 'not pinned: taskset or a second core is missing',
  };
}

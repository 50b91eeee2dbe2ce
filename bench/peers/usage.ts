import { readFileSync } from 'node:fs';

const TICKS_A_SECOND = 100;

/** What a process has used up since its start, as Linux counts it; zeros elsewhere. */
export function usageOf(pid: number): { readonly cpuMicros: number; readonly rssBytes: number } {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return { cpuMicros: (ticks * 1e6) / TICKS_A_SECOND, rssBytes: Number(kilobytes) * 1024 };
  } catch {
    return { cpuMicros: 0, rssBytes: 0 };
  }
}

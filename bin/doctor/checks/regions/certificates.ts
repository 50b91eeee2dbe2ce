import { connect } from 'node:tls';
import type { Deployed } from '../../deployed';
import { type Diagnosis, ok, problem, warning } from '../../diagnosis';

const DAY_MS = 86_400_000;
/** ACM renews by itself, 60 days before the end. */
const LATE_DAYS = 30;
const TIMEOUT_MS = 10_000;

interface Shown {
  readonly names: string;
  readonly until: number;
}

/** What each region shows to who comes by its own name: for both names, and for some time to come. */
export function certificates(own: Deployed, other: Deployed): Promise<Diagnosis[]> {
  return Promise.all([own, other].map(({ stack }) => certificate(stack.url, stack.pair?.name ?? '', Date.now())));
}

async function certificate(url: string, name: string, now: number): Promise<Diagnosis> {
  const { hostname, port } = new URL(url);
  const subject = `certificate ${hostname}`;
  const remedy = 'Look at the certificate in ACM and at its records in the zone, then deploy that region';
  try {
    const { names, until } = await shown(hostname, Number(port) || 443);
    const days = Math.floor((until - now) / DAY_MS);
    if (!names.split(', ').includes(`DNS:${name}`))
      return problem(subject, `is not for ${name}, but for ${names}`, remedy);
    if (days < LATE_DAYS) return warning(subject, `ends in ${days} days, and ought to have been renewed`, remedy);
    return ok(subject, `for ${name} too, for ${days} days`);
  } catch (error) {
    return problem(subject, error instanceof Error ? error.message : String(error), remedy);
  }
}

function shown(host: string, port: number): Promise<Shown> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, servername: host, timeout: TIMEOUT_MS }, () => {
      const { subjectaltname = '', valid_to: until } = socket.getPeerCertificate();
      socket.destroy();
      resolve({ names: subjectaltname, until: Date.parse(until) });
    });
    socket.on('timeout', () => socket.destroy(new Error('does not answer')));
    socket.on('error', reject);
  });
}

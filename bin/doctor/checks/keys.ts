import { keySources } from '../../../lib/contract';
import { readSecretFacts } from '../../../lambda/functions/key-reminder/read-secret-facts';
import type { Deployed } from '../deployed';
import { ok, problem, warning, type Diagnosis } from '../diagnosis';

const DAY_MS = 86_400_000;
const OLD_DAYS = 90;

/** Secrets by their versions: no value is read. */
export function keys({ config }: Deployed, now: number): Promise<Diagnosis[]> {
  const sources = config.hosts.flatMap(keySources);
  const arns = new Set(sources.flatMap(([, source]) => ('secretArn' in source ? [source.secretArn] : [])));
  return Promise.all([...arns].map((arn) => key(arn, now)));
}

async function key(arn: string, now: number): Promise<Diagnosis> {
  const { name, since, isFirstValue } = await readSecretFacts(arn, process.env);
  const subject = `secret ${name}`;
  const put = `aws secretsmanager put-secret-value --secret-id ${name} --secret-string file://key.txt`;
  const days = Math.floor((now - since) / DAY_MS);
  if (isFirstValue) return problem(subject, 'has had no value but its first: the placeholder, unless you made it', put);
  if (days < OLD_DAYS) return ok(subject, `${days} days old`);
  return warning(subject, `${days} days old`, `Make a new key at its host, then: ${put}`);
}

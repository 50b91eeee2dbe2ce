import type { BatchJobsConfig, HostConfig, HostKind } from '../../../../lib/contract';

interface JobsOfKind {
  readonly scheme: string;
  /** Fields of the other kind. */
  readonly foreign: readonly (keyof BatchJobsConfig)[];
  readonly needs: keyof BatchJobsConfig;
  readonly why: string;
}

const KINDS: Readonly<Partial<Record<HostKind, JobsOfKind>>> = {
  bedrock: {
    scheme: 's3://',
    foreign: ['location'],
    needs: 'roleArn',
    why: 'Bedrock reads and writes the bucket by a service role; give its ARN',
  },
  vertex: {
    scheme: 'gs://',
    foreign: ['roleArn', 'minRequests'],
    needs: 'bucket',
    why: "Vertex AI reads requests from Cloud Storage; give a bucket in the location of the jobs, 'gs://...'",
  },
};

export const jobsProblems = (jobs: Readonly<Record<string, BatchJobsConfig>>, hosts: readonly HostConfig[]): string[] =>
  Object.entries(jobs).flatMap(([name, config]) => {
    const host = hosts.find((each) => each.name === name);
    if (host) return jobProblems(`batches.jobs["${name}"]`, config, host);
    return [`batches.jobs: there is no host "${name}"; the hosts are ${hosts.map((each) => each.name).join(', ')}`];
  });

function jobProblems(path: string, config: BatchJobsConfig, host: HostConfig): string[] {
  const kind = KINDS[host.kind];
  if (kind === undefined) return [`${path}: a host of kind ${host.kind} has no batch jobs; bedrock and vertex have`];
  const problems = kind.foreign
    .filter((field) => config[field] !== undefined)
    .map((field) => `${path}.${field}: a host of kind ${host.kind} has none; leave it out`);
  if (config[kind.needs] === undefined) problems.push(`${path}.${kind.needs}: ${kind.why}`);
  const { bucket = kind.scheme, location } = config;
  if (!bucket.startsWith(kind.scheme)) {
    problems.push(
      `${path}.bucket: "${bucket}" is not where jobs of ${host.kind} are; give one that begins ${kind.scheme}`,
    );
  }
  // Whoever has chosen where inference is must not find it elsewhere.
  if (host.kind === 'vertex' && location !== undefined && host.location !== 'global') {
    problems.push(`${path}.location: the host is in ${host.location}, and so are its jobs; leave it out`);
  }
  return problems;
}

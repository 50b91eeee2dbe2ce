/** The Kubernetes manifest against Kubernetes' own schema, and the configuration in it against ours. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '../../lambda/gateway/config/config';

const MANIFEST = join(__dirname, '../../examples/kubernetes.yaml');
const VALIDATOR = 'kubernetes-validate==1.37.0';
const READ = `import json, sys, yaml
print(json.dumps([each for each in yaml.safe_load_all(open(sys.argv[1]))]))`;

export function checkManifest(): void {
  const folder = mkdtempSync(join(tmpdir(), 'manifest-'));
  try {
    const run = (command: string, ...args: readonly string[]): string =>
      execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
    run('python3', '-m', 'venv', folder);
    run(join(folder, 'bin/pip'), 'install', '--quiet', VALIDATOR);
    run(join(folder, 'bin/kubernetes-validate'), '--strict', MANIFEST);
    const parts = JSON.parse(run(join(folder, 'bin/python'), '-c', READ, MANIFEST)) as {
      data?: { 'router.json': string };
    }[];
    const config = parts.find(({ data }) => data)?.data?.['router.json'];
    parseConfig(config ?? 'the manifest has no configuration');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

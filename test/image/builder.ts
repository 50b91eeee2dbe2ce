import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Without a daemon and without namespaces, so that it runs wherever CI does. */
const ENV = { ...process.env, STORAGE_DRIVER: 'vfs', BUILDAH_ISOLATION: 'chroot' };
const STAND_IN = 'localhost/node-stand-in';
export const IMAGE = 'localhost/claude-failover';

export const buildah = (...args: readonly string[]): string =>
  execFileSync('buildah', args, { encoding: 'utf8', env: ENV, stdio: ['ignore', 'pipe', 'inherit'] }).trim();

export const start = (...args: readonly string[]): ChildProcess =>
  spawn('buildah', args, { env: ENV, stdio: ['ignore', 'pipe', 'inherit'] });

/** This project's Node and the libraries it is linked to, in place of the public image, which CI cannot fetch everywhere. */
export function buildStandIn(): void {
  const container = buildah('from', 'scratch');
  const root = buildah('mount', container);
  const put = (file: string, place: string): void => {
    mkdirSync(dirname(join(root, place)), { recursive: true });
    copyFileSync(realpathSync(file), join(root, place));
  };
  put(process.execPath, '/usr/local/bin/node');
  const linked = execFileSync('ldd', [process.execPath], { encoding: 'utf8' });
  for (const [library] of linked.matchAll(/\/\S+/g)) put(library, library);
  for (const folder of ['etc', 'tmp', 'proc', 'dev']) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'etc/passwd'), 'node:x:1000:1000::/tmp:/sbin/nologin\n');
  buildah('config', '--env', 'PATH=/usr/local/bin', container);
  buildah('commit', '--quiet', container, STAND_IN);
  buildah('rm', container);
}

/** From the folder that has the bundle: the checkout, or the installed package. */
export const buildImage = (folder: string): string =>
  buildah('build', '--quiet', '--format', 'docker', '--build-arg', `NODE_IMAGE=${STAND_IN}`, '--tag', IMAGE, folder);

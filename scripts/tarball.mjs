/** The tarball that would be published: made into the folder, or the one that `PACKED` names, so that who tries it in several ways makes it once. */
import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';

export function tarballIn(out) {
  if (process.env.PACKED) return process.env.PACKED;
  execFileSync('npm', ['pack', '--loglevel=error', '--pack-destination', out], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return globSync(join(out, '*.tgz'))[0];
}

/** Unpacked, for jsii's tools: beside it what they read of other packages, and no more, since some copy all of it. */
export function unpackedIn(out) {
  execFileSync('tar', ['-xzf', tarballIn(out), '-C', out]);
  const folder = join(out, 'package');
  mkdirSync(join(folder, 'node_modules'));
  for (const name of ['aws-cdk-lib', 'constructs']) {
    symlinkSync(resolve('node_modules', name), join(folder, 'node_modules', name));
  }
  return folder;
}

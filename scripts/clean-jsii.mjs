/** Takes away what jsii compiled beside the sources: it is only needed while the package is made. */
import { globSync, rmSync } from 'node:fs';

for (const file of globSync(['lib/**/*.js', 'lib/**/*.d.ts', '.jsii', 'tsconfig.tsbuildinfo'])) rmSync(file);

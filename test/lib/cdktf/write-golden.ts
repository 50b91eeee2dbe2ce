/** Writes golden/*.tf.json anew: `node scripts/run-typescript.cjs test/lib/cdktf/write-golden.ts`. Read the difference before it is committed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EVERYTHING, LEAST } from './google-config';
import { terraformJson } from './terraform-json';

for (const [name, config] of Object.entries({ least: LEAST, everything: EVERYTHING })) {
  writeFileSync(join(__dirname, `golden/${name}.tf.json`), `${JSON.stringify(terraformJson(config), null, 2)}\n`);
}

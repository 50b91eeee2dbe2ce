/** Draws docs/images/load.svg from a run against what is deployed: `npm run docs:load`. */
import { writeFileSync } from 'node:fs';
import { setUp } from '../set-up';
import { loadDeployed } from './load-checks';
import { loadPicture } from './load-picture';

const PICTURE = 'docs/images/load.svg';

async function draw(): Promise<void> {
  const stage = await setUp();
  try {
    const deployment = await stage.cdk.deploy(stage.chain.first);
    const report = await loadDeployed(stage, deployment);
    for (const problem of report.problems) console.error(problem);
    if (report.problems.length > 0) throw new Error('the books do not agree; nothing was drawn');
    writeFileSync(PICTURE, loadPicture(report));
    console.log(`${PICTURE}: ${report.played.length} requests`);
  } finally {
    await stage.close();
  }
}

void draw();

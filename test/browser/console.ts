import { join } from 'node:path';
import { createChecks } from '../checks';
import { checkActs } from './checks/act-checks';
import { checkIncidents, replayIncidents } from './checks/incident-checks';
import { checkLooks } from './checks/look-checks';
import { checkManyLines } from './checks/many-lines-checks';
import { checkNow } from './checks/now-checks';
import { checkRequests } from './checks/request-checks';
import { checkSafety } from './checks/safety-checks';
import { checkSetUp } from './checks/set-up-checks';
import { checkTime } from './checks/time-checks';
import { startDemo } from './demo-process';
import { openBrowser, openPage, ROOT, type Stage } from './stage';
import { equal, holds } from './until';

const { check, finish } = createChecks();

async function run(): Promise<void> {
  const only = process.argv.slice(2);
  const isWanted = (part: string): boolean => only.length === 0 || only.includes(part);
  // Time is virtual meanwhile, which no browser would understand.
  const happened = isWanted('incidents') ? await replayIncidents() : [];
  const browser = await openBrowser();
  const demo = await startDemo(join(ROOT, 'local/dist/start.mjs'));
  try {
    const { page, complaints, strangers } = await openPage(browser, demo.page);
    const stage: Stage = { check, browser, demo, page, complaints, strangers };
    const parts: Readonly<Record<string, () => Promise<void>>> = {
      safety: () => checkSafety(stage),
      now: () => checkNow(stage),
      requests: () => checkRequests(stage),
      time: () => checkTime(stage),
      acts: () => checkActs(stage),
      'set-up': () => checkSetUp(stage),
      looks: () => checkLooks(stage),
      incidents: () => checkIncidents(check, browser, happened),
      lines: () => checkManyLines(check, browser),
    };
    for (const [name, part] of Object.entries(parts)) if (isWanted(name)) await part();
    await check('the page has no errors', () => equal(complaints, []));
    await check('the page loads nothing from elsewhere', () => equal(strangers, []));
    await check('Ctrl-C ends the demo, and the page says so', async () => {
      equal(await demo.interrupt(), 0);
      holds((await page.getByRole('alert').textContent()) ?? '', 'Start it again');
    });
  } finally {
    demo.kill();
    await browser.close();
  }
}

run()
  .catch((error: unknown) => check('the browser runs', () => Promise.reject(error)))
  .finally(finish);

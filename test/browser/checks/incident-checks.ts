import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { startConsole } from '../../../console/server/start-console';
import type { GatewayNow } from '../../../console/view/now';
import type { Checks } from '../../checks';
import { CULPRITS, type Culprit } from '../../console/culprits';
import { incidentNow } from '../../console/incident-now';
import { deployedStack } from '../../alarm-model/incident/deployed-stack';
import { nowOf } from '../console-view';
import { goTo, openPage, ROOT, shoot } from '../stage';
import { equal, holds, until } from '../until';
import { givenSource } from './given-source';

export const PAGE = pathToFileURL(join(ROOT, 'console/dist/'));

export type Happened = readonly (readonly [Culprit, GatewayNow])[];

/** The incidents of docs/alarms.md, each as the gateway is in one minute of it. Before a browser is there: time is virtual. */
export async function replayIncidents(): Promise<Happened> {
  const stack = deployedStack();
  const all: [Culprit, GatewayNow][] = [];
  for (const culprit of CULPRITS) {
    const { incident, minute } = culprit;
    const own = incident.stack === undefined ? stack : deployedStack(incident.stack);
    all.push([culprit, await incidentNow(incident, own, minute)]);
  }
  return all;
}

export async function checkIncidents(check: Checks['check'], browser: Browser, happened: Happened): Promise<void> {
  for (const [{ incident, level, words, remedy }, now] of happened) {
    await check(`${incident.title}: who opens the page reads it on the first screen`, async () => {
      const open = await startConsole({
        sources: [givenSource(now)],
        canOperate: false,
        port: 0,
        page: PAGE,
        everyMs: 60_000,
      });
      const { page, complaints } = await openPage(browser, open.url);
      try {
        const view = nowOf(page);
        await page.locator('.banner').waitFor();
        equal(await view.level(), level);
        holds(await view.headline(), ...words);
        if (remedy !== undefined) holds(await view.remedy(), remedy);
        equal(await view.isOnFirstScreen(), true);
        equal(await page.locator('.alarms details').count(), now.alarms.length);
        await shoot(page, `incident-${incident.title.toLowerCase().replaceAll(/\W+/g, '-')}`);
        equal(complaints, []);
      } finally {
        await page.context().close();
        await open.close();
      }
    });
  }

  await check('who only looks is shown each act, and cannot do it; the footer says what looking costs', async () => {
    const open = await startConsole({
      sources: [givenSource(happened[0]![1])],
      canOperate: false,
      port: 0,
      page: PAGE,
      everyMs: 60_000,
    });
    const { page } = await openPage(browser, open.url);
    await goTo(page, 'Act');
    await page.getByRole('button', { name: 'Show what it will do' }).click();
    const button = page.getByRole('button', { name: 'Read-only' });
    await until(
      () => button.isDisabled(),
      (isDisabled) => isDisabled,
      'a button that does nothing',
    );
    holds((await page.locator('footer').textContent()) ?? '', '0.0310 USD an hour', '--operate');
    await page.context().close();
    await open.close();
  });
}

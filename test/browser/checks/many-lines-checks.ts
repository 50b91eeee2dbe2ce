import type { Browser } from 'playwright-core';
import { startConsole } from '../../../console/server/start-console';
import type { Checks } from '../../checks';
import { AT, gatewayNow, requestLine } from '../../console/view/given';
import { goTo, openPage } from '../stage';
import { equal, until } from '../until';
import { givenSource } from './given-source';
import { PAGE } from './incident-checks';

const MANY = 100_000;
/** A frame that a person would notice, generously: this machine does other things beside. */
const FRAME_MS = 200;

export async function checkManyLines(check: Checks['check'], browser: Browser): Promise<void> {
  await check('100,000 requests are found, and scrolled through without a stop', async () => {
    const lines = Array.from({ length: MANY }, (_, index) =>
      requestLine({ requestId: `gw_${index}`, endedAt: AT - index * 1000 }),
    );
    const open = await startConsole({
      sources: [givenSource(gatewayNow(), lines)],
      canOperate: false,
      port: 0,
      page: PAGE,
      everyMs: 60_000,
    });
    const { page } = await openPage(browser, open.url);
    await goTo(page, 'Requests');
    for (const next of ['5,000', '50,000', '100,000']) await page.getByRole('button', { name: `Show ${next}` }).click();
    await until(
      async () => (await page.locator('.found').textContent()) ?? '',
      (text) => text.startsWith('100,000 found'),
      'all of them',
      30_000,
    );
    const frames = (await page.evaluate(`(async () => {
      const list = document.querySelector('.rows');
      const times = [];
      for (let step = 1; step <= 60; step += 1) {
        const began = performance.now();
        list.scrollTop = (list.scrollHeight * step) / 60;
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        times.push(performance.now() - began);
      }
      return times;
    })()`)) as number[];
    const slowest = Math.max(...frames);
    const median = frames.toSorted((a, b) => a - b)[30]!;
    console.log(`        two frames take ${Math.round(median)} ms at the median, ${Math.round(slowest)} ms at most`);
    if (median > FRAME_MS) throw new Error(`two frames take ${median} ms`);
    if ((await page.locator('.rows .row').count()) > 100) throw new Error('rows are there that nobody sees');
    await page.getByRole('listbox').focus();
    await page.keyboard.press('End');
    await page.locator(`[aria-posinset="${MANY}"]`).waitFor();
    equal(await page.locator(`[aria-posinset="${MANY}"]`).getAttribute('aria-setsize'), String(MANY));
    await page.context().close();
    await open.close();
  });
}

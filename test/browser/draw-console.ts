import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { nowOf } from './console-view';
import { startDemo } from './demo-process';
import { goTo, openBrowser, openPage, PHONE, ROOT } from './stage';
import { until } from './until';

const SIZE = { width: 1280, height: 800 };
const OUTAGE_MS = 20_000;
const WELL_MS = 45_000;

const draw = (page: Page, name: string) =>
  page.screenshot({ path: join(ROOT, `docs/images/console-${name}.png`), animations: 'disabled' });

/** The pictures of docs/console.md: `npm run docs:console`. Look at them. */
async function drawConsole(): Promise<void> {
  const browser = await openBrowser();
  const demo = await startDemo(join(ROOT, 'local/dist/start.mjs'));
  try {
    const { page } = await openPage(browser, demo.page);
    const view = nowOf(page);
    await page.setViewportSize(SIZE);
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.waitForTimeout(WELL_MS);
    await view.press('anthropic', '529 overloaded');
    await until(view.headline, (text) => text.includes('overloaded'), 'the outage is told');
    await page.waitForTimeout(OUTAGE_MS);
    await until(view.links, ([first]) => first?.look === 'away', 'the primary rests');
    await draw(page, 'now');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize(PHONE);
    await page.waitForTimeout(500);
    await draw(page, 'phone');
    await page.setViewportSize(SIZE);
    await view.press('bedrock-us-east-1', 'Hang');
    await until(view.headline, (text) => text.includes('in time'), 'the second outage is told');
    await goTo(page, 'Requests');
    await page.getByLabel('rescued or failed only').check();
    const twice = page.locator('.row.rescued:has(.way .bad + .bad)', { hasText: 'timeout' });
    await until(
      async () => {
        await page.getByRole('button', { name: 'Look again' }).click();
        return twice.count();
      },
      (count) => count > 0,
      'a request that two hosts have failed',
      60_000,
    );
    await twice.first().click();
    await page.locator('.facts').waitFor();
    await draw(page, 'request');
    await goTo(page, 'Now');
    await page.getByRole('button', { name: 'Heal everything' }).click();
    await page.waitForTimeout(WELL_MS);
    await goTo(page, 'Time');
    await page.locator('.chart canvas').first().waitFor();
    await page.waitForTimeout(1000);
    await draw(page, 'time');
  } finally {
    await demo.interrupt();
    await browser.close();
  }
}

void drawConsole();

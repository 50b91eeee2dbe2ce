import { readFile } from 'node:fs/promises';
import { goTo, shoot, type Stage } from '../stage';
import { equal, holds, until } from '../until';

export async function checkTime({ check, page }: Stage): Promise<void> {
  const sums = async (): Promise<string> => (await page.locator('.sums').textContent()) ?? '';

  await check('a while is drawn: who answered, what failed, what it cost; and stands in a table as well', async () => {
    await goTo(page, 'Time');
    await until(
      () => page.locator('.chart canvas').count(),
      (count) => count >= 4,
      'charts',
    );
    const label = (await page.getByRole('img', { name: /^Who answered/ }).getAttribute('aria-label')) ?? '';
    holds(label, 'anthropic', 'bedrock-us-east-1');
    await page.getByText(/^As a table/).click();
    const table = (await page.getByRole('region', { name: 'The steps as a table' }).textContent()) ?? '';
    holds(table, 'anthropic:overloaded', 'USD');
    await page.getByText(/^As a table/).click();
  });

  await check('an incident is marked by dragging, and its report is a file that holds it', async () => {
    const plot = page.locator('.chart .u-over').first();
    await plot.scrollIntoViewIfNeeded();
    const box = (await plot.boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.4, box.y + 30);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.9, box.y + 40, { steps: 8 });
    await page.mouse.up();
    await page.getByRole('heading', { name: /The marked incident/ }).waitFor();
    await shoot(page, 'time');
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export the report' }).click();
    const report = await readFile(await (await downloading).path(), 'utf8');
    holds(report, 'Incident of demo', 'What clients felt', 'begins to fail', 'Who was told');
    equal(/<script|src=/.test(report), false);
    await page.getByRole('button', { name: 'Unmark' }).click();
  });

  await check('an hour, a day and a week are drawn too', async () => {
    for (const name of ['Hour', 'Day', 'Week']) {
      await page.getByRole('button', { name, exact: true }).click();
      await until(sums, (now) => !now.startsWith('0 requests'), `requests of the ${name}`);
    }
  });
}

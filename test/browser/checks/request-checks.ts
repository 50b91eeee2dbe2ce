import { goTo, shoot, type Stage } from '../stage';
import { equal, holds, until } from '../until';

export async function checkRequests({ check, page }: Stage): Promise<void> {
  const rows = page.locator('.rows .row');
  const opened = page.locator('.waterfall');

  await check(
    'requests are found, those that were rescued as well, and one opens as its way through the chain',
    async () => {
      await goTo(page, 'Requests');
      await until(
        () => rows.count(),
        (count) => count > 10,
        'requests',
      );
      await page.getByLabel('rescued or failed only').check();
      await page.getByLabel('Host').selectOption('bedrock-us-east-1');
      await page.getByRole('listbox').focus();
      await page.keyboard.press('End');
      const rescued = page.locator('.row.rescued:has(.way .bad)', { hasText: 'anthropic:connection' });
      await until(
        () => rescued.count(),
        (count) => count > 0,
        'a request that was rescued when the primary was killed',
      );
      equal(await page.locator('.rows .row:not(.rescued, .failed)').count(), 0);
      await rescued.first().click();
      const text = await until(
        async () => (await opened.textContent()) ?? '',
        (seen) => seen.includes('answered'),
        'its way',
      );
      holds(text, 'anthropic', 'connection', 'row ', 'bedrock-us-east-1', 'who pays', 'dropped on the way');
      await shoot(page, 'waterfall');
    },
  );

  await check('the list is walked with the keyboard: arrows, Enter, Escape', async () => {
    await page.keyboard.press('Escape');
    await until(
      () => opened.count(),
      (count) => count === 0,
      'the request is closed',
    );
    await page.getByRole('listbox').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await until(
      () => opened.count(),
      (count) => count === 1,
      'the third request is open',
    );
    equal(await rows.nth(2).getAttribute('aria-selected'), 'true');
    await page.keyboard.press('Escape');
  });

  await check('followed, the list goes on by itself', async () => {
    await page.getByLabel('rescued or failed only').uncheck();
    await page.getByLabel('Host').selectOption('');
    await page.getByLabel('follow').check();
    const first = async (): Promise<string> => (await rows.first().textContent()) ?? '';
    const before = await first();
    await until(first, (now) => now !== before, 'a newer request');
    await page.getByLabel('follow').uncheck();
  });
}

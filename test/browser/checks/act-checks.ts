import { nowOf } from '../console-view';
import { goTo, type Stage } from '../stage';
import { holds, until } from '../until';

export async function checkActs({ check, page, demo }: Stage): Promise<void> {
  const view = nowOf(page);
  const shown = page.getByRole('region', { name: 'What it will do' });
  const prepare = async (title: string, fields: Readonly<Record<string, string>>): Promise<string> => {
    await goTo(page, 'Act');
    await page
      .getByRole('navigation', { name: 'Acts' })
      .getByRole('button', { name: new RegExp(`^${title}`) })
      .click();
    for (const [label, value] of Object.entries(fields)) {
      const field = page.locator('.act-form').getByLabel(label);
      await (label === 'Host' ? field.selectOption(value) : field.fill(value));
    }
    await page.getByRole('button', { name: 'Show what it will do' }).click();
    return (await shown.textContent()) ?? '';
  };
  const act = async (title: string, fields: Readonly<Record<string, string>>): Promise<void> => {
    holds(await prepare(title, fields), 'until', 'it needs', 'kept of it');
    await shown.getByRole('button', { name: 'Do it' }).click();
    await shown.getByText(/^(Done|Taken back)/).waitFor();
  };
  const traces = (isSo: (trace: string) => boolean, what: string) => until(demo.trace, isSo, what, 30_000);
  const back = async (host: string): Promise<void> => {
    await act('Take it back', { Host: host });
    await traces((trace) => trace === 'anthropic:ok', 'the primary answers again');
  };

  await check(
    'drained from the page, a host takes no requests in the router, and the first screen counts down',
    async () => {
      await act('Drain a host', { Host: 'anthropic', minutes: '30' });
      await traces((trace) => trace === 'anthropic:skipped-drained, bedrock-us-east-1:ok', 'the router skips it');
      await page.locator('.overrides', { hasText: '29 min' }).waitFor();
      await goTo(page, 'Now');
      await until(view.links, ([first]) => first?.look === 'drained' && first.words.includes('left'), 'drained');
      holds(
        await until(view.headline, (text) => text.includes('drained'), 'it is told'),
        'anthropic',
        'by an operator',
      );
      await back('anthropic');
    },
  );

  await check('in a drill, the router meets an outage, and the page calls it a drill', async () => {
    await act('Drill', { Host: 'anthropic', minutes: '2' });
    await traces(
      (trace) => trace.startsWith('anthropic:') && trace.endsWith('bedrock-us-east-1:ok'),
      'the router fails over',
    );
    await goTo(page, 'Now');
    holds(await until(view.headline, (text) => text.includes('drill'), 'it is told'), 'anthropic', 'by an operator');
    await back('anthropic');
  });

  await check('with a weight, conversations begin at another host', async () => {
    await act('Give a weight', { Host: 'vertex', Percent: '100', minutes: '5' });
    await traces((trace) => trace === 'vertex:ok', 'vertex answers');
    await back('vertex');
  });

  await check('taken out, the region says to the world that it is down; taken in, that it is not', async () => {
    const health = async (): Promise<number> => (await fetch(`${demo.gateway}/health`)).status;
    await act('Take the region out', { minutes: '5' });
    await until(health, (status) => status === 503, 'down', 30_000);
    await page.locator('.overrides', { hasText: 'taken out' }).waitFor();
    await goTo(page, 'Now');
    holds(await until(view.headline, (text) => text.includes('taken out'), 'it is told'), 'the other region');
    await act('Take the region in', {});
    await until(health, (status) => status === 200, 'up', 30_000);
  });

  await check('what this gateway cannot do is shown with the reason, and has no button', async () => {
    holds(
      await prepare('Limit spend', { Whose: 'team:support', USD: '5' }),
      'team:support may spend 5 USD',
      'counts no spend',
    );
    holds(await prepare('Rotate', { Team: 'support' }), 'none to rotate');
    if ((await shown.getByRole('button').count()) > 0) throw new Error('there is a button');
  });
}

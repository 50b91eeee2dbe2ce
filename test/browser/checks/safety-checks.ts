import { createServer } from 'node:http';
import { openServer } from '../../../local/loopback/open-server';
import type { Stage } from '../stage';
import { equal, holds } from '../until';

/** The page is told in the test's own browser, by pages that should not be told anything. */
export async function checkSafety({ check, browser, demo, page }: Stage): Promise<void> {
  const { port, origin, hash } = new URL(demo.page);

  await check('the first paint comes within a second', async () => {
    const fresh = await browser.newPage();
    await fresh.goto(demo.page);
    await fresh.locator('.banner h1').waitFor();
    const paint = await fresh.evaluate('performance.getEntriesByName("first-contentful-paint")[0].startTime');
    console.log(`        first contentful paint after ${Math.round(Number(paint))} ms`);
    if (Number(paint) > 1000) throw new Error(`after ${String(paint)} ms`);
    await fresh.close();
  });

  await check('a name that was made to resolve to this machine shows nothing', async () => {
    const rebound = await browser.newPage();
    const answer = await rebound.goto(`http://rebound.example:${port}/${hash}`);
    equal(answer?.status(), 403);
    await rebound.close();
  });

  await check('a page of somebody else learns nothing, with the token or without', async () => {
    const stranger = await openServer(
      createServer((_, response) => response.setHeader('content-type', 'text/html').end('<p>hello')),
    );
    const other = await browser.newPage();
    await other.goto(stranger.url);
    const ask = (headers: object): Promise<unknown> =>
      other.evaluate(
        `fetch('${origin}/api/now', { headers: ${JSON.stringify(headers)} }).then((a) => a.status, (e) => e.name)`,
      );
    equal(await ask({}), 'TypeError');
    equal(await ask({ authorization: `Bearer ${hash.slice(1)}` }), 'TypeError');
    await other.close();
    await stranger.close();
  });

  await check('without its token the page says what to do, and shows nothing', async () => {
    const blind = await browser.newPage();
    await blind.goto(`${origin}/`);
    const text = await blind.getByRole('alert').textContent();
    holds(text ?? '', 'token', 'terminal');
    equal(await blind.locator('.link').count(), 0);
    await blind.close();
  });

  await check('the token stands in no address that could be copied along', () => {
    equal(page.url().includes(hash.slice(1)), false);
  });
}

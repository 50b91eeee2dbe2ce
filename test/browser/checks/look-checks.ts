import { readFileSync } from 'node:fs';
import { DESKTOP, goTo, PHONE, shoot, type Stage } from '../stage';
import { equal, until } from '../until';

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const VIEWS = ['Now', 'Requests', 'Time', 'Act', 'Set up'];
const LOOKS = [
  ['light', DESKTOP],
  ['dark', DESKTOP],
  ['light', PHONE],
  ['dark', PHONE],
] as const;
/** More, and somebody is caught. */
const MOST_TABS = 120;

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

export async function checkLooks({ check, page }: Stage): Promise<void> {
  await page.evaluate(AXE);
  for (const [colorScheme, size] of LOOKS) {
    for (const view of VIEWS) {
      await check(
        `${view}, ${colorScheme}, ${size.width} pixels: axe finds nothing, and nothing sticks out`,
        async () => {
          await page.setViewportSize(size);
          await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
          await goTo(page, view);
          await page.locator('main h1').waitFor();
          if (view === 'Requests') await page.locator('.rows .row').first().click();
          await page.waitForTimeout(300);
          await shoot(page, `${view.toLowerCase().replace(' ', '-')}-${colorScheme}-${size.width}`);
          const { violations } = (await page.evaluate('axe.run()')) as AxeResult;
          equal(
            violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`),
            [],
          );
          equal(await page.evaluate('document.documentElement.scrollWidth'), size.width);
        },
      );
    }
  }
  await page.setViewportSize(DESKTOP);

  await check('everything on the first screen is reached with the Tab key, and shows that it is', async () => {
    await goTo(page, 'Now');
    await page.locator('.breaking .switches').waitFor();
    await page.evaluate('document.activeElement.blur()');
    const reached = new Set<string>();
    for (let press = 0; press < MOST_TABS; press += 1) {
      await page.keyboard.press('Tab');
      const name = String(
        await page.evaluate('document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent'),
      );
      const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
      if (name.includes('Vendors')) break;
      if (reached.has('health.aws.amazon.com') || outline === 'none') break;
      reached.add(name.trim());
    }
    for (const name of ['Requests', 'Kill the primary', 'Connection refused']) equal(reached.has(name), true);
  });

  await check('whoever wants no motion gets none', async () => {
    const names = await page.evaluate(
      '[...document.querySelectorAll(".flow")].map((e) => getComputedStyle(e).animationName)',
    );
    equal(
      (names as string[]).every((name) => name === 'none'),
      true,
    );
    await until(
      () => page.locator('.ribbon.flow').count(),
      (count) => count > 0,
      'ribbons',
    );
  });
}

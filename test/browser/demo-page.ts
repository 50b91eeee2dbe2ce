import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { createChecks } from '../checks';
import { startDemo, type DemoProcess } from './demo-process';
import { until, viewOf } from './demo-view';

/** From test/browser/dist, where the bundle of this lives. */
const ROOT = new URL('../../../', import.meta.url);
const SHOTS = new URL('tmp/browser/', ROOT);
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const CHAIN = ['anthropic', 'bedrock-us-east-1', 'bedrock-us-west-2', 'vertex'] as const;
const [PRIMARY, SECOND] = CHAIN;

/** What the trace says of each fault. The last one keeps the primary away for a minute. */
const FAULTS = [
  ['500 server error', 'server-error'],
  ['Connection refused', 'connection'],
  ['Cut mid-stream', 'connection'],
  ['Hang', 'timeout'],
  ['Slow first token', 'timeout'],
  ['429 rate limit', 'rate-limited'],
  ['529 overloaded', 'overloaded'],
  ['Expired credential', 'credential'],
] as const;

const { check, finish } = createChecks();

function equal(seen: unknown, wanted: unknown): void {
  const [a, b] = [JSON.stringify(seen), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`wanted ${b}, saw ${a}`);
}

async function checkPage(page: Page): Promise<void> {
  const view = viewOf(page);
  const primary = async () => (await view.cards())[0]!;
  const isBack = () => until(primary, ({ state }) => state === 'healthy', `${PRIMARY} is healthy again`, 90_000);
  const noFailures = async () => equal(await view.failures(), 0);

  await check('the four hosts stand there in the order of the chain', async () => {
    await until(view.cards, (cards) => cards.length > 0, 'cards');
    equal(
      (await view.cards()).map(({ name }) => name),
      CHAIN,
    );
  });

  await check('requests are counted, and the primary answers all of them', async () => {
    const before = await view.requests();
    await until(view.requests, (now) => now > before + 3, 'more requests');
    equal((await primary()).share, 100);
    await noFailures();
  });

  await check('with the primary killed, the next host answers, and the client sees no failure', async () => {
    await page.locator('#kill').focus();
    await page.keyboard.press('Enter');
    await until(view.cards, (cards) => cards[1]!.share > 50, `${SECOND} answers most requests`);
    await until(primary, ({ state }) => /open|probing/.test(state), 'the breaker of the primary is open');
    await shoot(page, 'outage');
    await noFailures();
  });

  await check('healed, the primary gets its traffic back step by step', async () => {
    await page.getByRole('button', { name: 'Heal everything' }).click();
    await until(primary, ({ state }) => state.startsWith('ramping'), `${PRIMARY} ramps`);
    await isBack();
    await until(primary, ({ share }) => share > 90, `${PRIMARY} answers again`);
    await noFailures();
  });

  await check('a stream given as it comes cannot be rescued, and the page says so', async () => {
    await isBack();
    await page.getByLabel('as they come').check();
    await view.press(PRIMARY, 'Cut mid-stream');
    await until(view.failures, (failures) => failures > 0, 'a failure');
    await view.heal(PRIMARY);
    await page.getByLabel('when complete').check();
    await isBack();
    await page.getByRole('button', { name: 'Count anew' }).click();
    await until(view.failures, (failures) => failures === 0, 'no failures');
  });

  for (const [fault, reason] of FAULTS) {
    await check(`"${fault}" on the primary is not seen by the client`, async () => {
      await isBack();
      await view.press(PRIMARY, fault);
      const isRescued = ({ host, trace }: { host: string; trace: string }): boolean =>
        host === SECOND && trace.includes(`${PRIMARY}:${reason}`);
      await until(view.rows, (rows) => rows.some(isRescued), `an answer of ${SECOND} after ${reason}`);
      await view.heal(PRIMARY);
      await noFailures();
    });
  }

  await check('a while after the last fault, the client has still seen no failure', async () => {
    const before = await view.requests();
    await until(view.requests, (now) => now > before + 10, 'more requests');
    await noFailures();
  });
}

async function checkLooks(page: Page): Promise<void> {
  const looks = [
    ['light', 'light', DESKTOP],
    ['dark', 'dark', DESKTOP],
    ['phone', 'light', PHONE],
  ] as const;
  for (const [name, colorScheme, size] of looks) {
    await check(`nothing sticks out of the page: ${name}, ${size.width} pixels`, async () => {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme });
      await shoot(page, name);
      equal(await page.evaluate('document.documentElement.scrollWidth'), size.width);
    });
  }
}

const shoot = (page: Page, name: string) => page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, SHOTS)) });

async function run(demo: DemoProcess): Promise<void> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
  try {
    const page = await browser.newPage({ viewport: DESKTOP, colorScheme: 'light' });
    const complaints: string[] = [];
    const strangers: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => request.url().startsWith(demo.page) || strangers.push(request.url()));
    await page.goto(demo.page);
    await checkPage(page);
    await checkLooks(page);
    await check('the page has no errors', async () => equal(complaints, []));
    await check('the page loads nothing from elsewhere', async () => equal(new Set(strangers).size, 0));
    await check('Ctrl-C ends the demo, and the page says so', async () => {
      equal(await demo.interrupt(), 0);
      await until(viewOf(page).story, (story) => story.includes('npm start'), 'the end is told');
    });
  } finally {
    await browser.close();
  }
}

if (!existsSync(CHROMIUM)) {
  console.error(`No browser at ${CHROMIUM}: install chromium (apt-get install chromium), or set CHROMIUM to its path.`);
  process.exit(1);
}
await mkdir(SHOTS, { recursive: true });
const demo = await startDemo(fileURLToPath(new URL('local/dist/start.mjs', ROOT)));
try {
  await run(demo);
} catch (error) {
  await check('the browser runs', () => Promise.reject(error));
} finally {
  demo.kill();
}
finish();

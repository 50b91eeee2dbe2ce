import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { Checks } from '../checks';
import type { DemoProcess } from './demo-process';

export const ROOT = join(__dirname, '../..');
const SHOTS = join(ROOT, 'tmp/browser');
const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A name that somebody has made to resolve to this machine.
  '--host-resolver-rules=MAP rebound.example 127.0.0.1',
];
export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

/** What every part of the program has. */
export interface Stage {
  readonly check: Checks['check'];
  readonly browser: Browser;
  readonly demo: DemoProcess;
  /** The demo's console. */
  readonly page: Page;
  /** What the page has complained of, and what it has asked of others. */
  readonly complaints: readonly string[];
  readonly strangers: readonly string[];
}

export async function openBrowser(): Promise<Browser> {
  if (!existsSync(CHROMIUM)) {
    throw new Error(
      `no browser at ${CHROMIUM}: install chromium (apt-get install chromium), or set CHROMIUM to its path`,
    );
  }
  await mkdir(SHOTS, { recursive: true });
  return chromium.launch({ executablePath: CHROMIUM, args: ARGS });
}

/** A page that notes what it should not do. */
export async function openPage(
  browser: Browser,
  url: string,
): Promise<Pick<Stage, 'page' | 'complaints' | 'strangers'>> {
  const { origin } = new URL(url);
  const context = await browser.newContext({ viewport: DESKTOP, colorScheme: 'light', acceptDownloads: true });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  const page = await context.newPage();
  const complaints: string[] = [];
  const strangers: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const isOwn = [origin, `blob:${origin}`, 'data:'].some((own) => request.url().startsWith(own));
    if (!isOwn) strangers.push(request.url());
  });
  await page.goto(url);
  return { page, complaints, strangers };
}

export async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(SHOTS, `${name}.png`) });
}

export async function goTo(page: Page, view: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: view, exact: true }).click();
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';

export interface CardView {
  readonly name: string;
  readonly state: string;
  readonly share: number;
}

export interface RowView {
  readonly host: string;
  readonly trace: string;
}

export interface DemoView {
  requests(): Promise<number>;
  failures(): Promise<number>;
  cards(): Promise<readonly CardView[]>;
  rows(): Promise<readonly RowView[]>;
  story(): Promise<string>;
  press(host: string, fault: string): Promise<void>;
  heal(host: string): Promise<void>;
}

const EVERY_MS = 100;

/** Looks until it is so; fails with the last that was seen. */
export async function until<Seen>(
  look: () => Promise<Seen>,
  isSo: (seen: Seen) => boolean,
  what: string,
  timeoutMs = 20_000,
): Promise<Seen> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (isSo(seen)) return seen;
    if (Date.now() > end) throw new Error(`not within ${timeoutMs} ms: ${what}; seen last: ${JSON.stringify(seen)}`);
    await sleep(EVERY_MS);
  }
}

/** The page as a person reads it. */
export function viewOf(page: Page): DemoView {
  const number = async (id: string): Promise<number> => Number(await page.locator(id).textContent());
  const card = (host: string) => page.locator(`#chain > li[data-host="${host}"]`);
  const cells = (index: number) => page.locator(`#latest td:nth-child(${index})`).allTextContents();
  return {
    requests: () => number('#requests'),
    failures: () => number('#failures'),
    story: async () => (await page.locator('#story').textContent()) ?? '',
    async cards() {
      const names = await page.locator('#chain .name b').allTextContents();
      const states = await page.locator('#chain .state').allTextContents();
      const shares = await page.locator('#chain .share b').allTextContents();
      return names.map((name, index) => ({
        name,
        state: states[index] ?? '',
        share: Number.parseInt(shares[index] ?? '', 10),
      }));
    },
    async rows() {
      const hosts = await cells(2);
      const traces = await cells(7);
      return hosts.map((host, index) => ({ host, trace: traces[index] ?? '' }));
    },
    press: (host, fault) => card(host).getByRole('button', { name: fault, exact: true }).click(),
    heal: (host) =>
      card(host)
        .getByRole('button', { name: `Heal ${host}` })
        .click(),
  };
}

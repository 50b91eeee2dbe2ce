import type { Page } from 'playwright-core';

export interface LinkView {
  readonly host: string;
  readonly look: string;
  readonly words: string;
  readonly share: number;
}

/** The first screen as a person reads it. */
export function nowOf(page: Page) {
  const number = async (name: string): Promise<number> =>
    Number((await page.locator(`.breaking .${name}`).textContent())?.replaceAll(',', ''));
  return {
    requests: () => number('requests'),
    failures: () => number('failures'),
    headline: async () => (await page.locator('.banner h1').textContent()) ?? '',
    remedy: async () => (await page.locator('.banner .remedy').textContent({ timeout: 3000 })) ?? '',
    level: () => page.locator('.banner').getAttribute('data-level'),
    async links(): Promise<LinkView[]> {
      const rows = await page.locator('.link').all();
      return Promise.all(
        rows.map(async (row) => ({
          host: (await row.getAttribute('data-host')) ?? '',
          look: (await row.getAttribute('data-look')) ?? '',
          words: (await row.locator('.pill').textContent()) ?? '',
          share: Number.parseInt((await row.locator('.share b').textContent())?.replace('<', '') ?? '', 10),
        })),
      );
    },
    press: (host: string, fault: string) =>
      page
        .getByRole('group', { name: `Break ${host}` })
        .getByRole('button', { name: fault, exact: true })
        .click(),
    /** The headline stands where nobody who has just opened the page has to scroll. */
    async isOnFirstScreen(): Promise<boolean> {
      const box = await page.locator('.banner h1').boundingBox();
      const top = (box?.y ?? Infinity) + Number(await page.evaluate('scrollY'));
      return box !== null && top + box.height <= page.viewportSize()!.height;
    },
  };
}

export type NowView = ReturnType<typeof nowOf>;

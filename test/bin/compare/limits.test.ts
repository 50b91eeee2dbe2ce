import { consent } from '../../../bin/compare/consent';
import type { LinkFigures } from '../../../bin/compare/figures';
import { broken } from '../../../bin/compare/thresholds';

const NOTHING = { yes: 0, of: 0 };
const link = (over: Partial<LinkFigures>): LinkFigures => ({
  link: 'openai/gpt',
  isReference: false,
  answered: { yes: 20, of: 20 },
  sameTools: NOTHING,
  valid: NOTHING,
  refused: { yes: 0, of: 20 },
  sameLanguage: NOTHING,
  expected: NOTHING,
  lengthRatio: undefined,
  firstContentMs: undefined,
  wholeMs: undefined,
  dropped: 0,
  costUsd: 0,
  unpriced: 0,
  ...over,
});

test('a link below a least share or above a largest one is named with what it has', () => {
  const links = [link({ sameTools: { yes: 18, of: 20 }, refused: { yes: 2, of: 20 } })];
  expect(broken({ 'min-same-tools': 0.9, 'max-refused': 0.1 }, links)).toEqual([]);
  expect(broken({ 'min-same-tools': 0.95, 'max-refused': 0.05 }, links)).toEqual([
    'openai/gpt: 18 of 20 (--min-same-tools 0.95)',
    'openai/gpt: 2 of 20 (--max-refused 0.05)',
  ]);
});

test('without a limit nothing is broken, and a limit for what was not measured is', () => {
  expect(broken({}, [link({ answered: { yes: 0, of: 20 } })])).toEqual([]);
  expect(broken({ 'min-valid': 0.9 }, [link({})])).toEqual([
    'openai/gpt: there was nothing to measure (--min-valid 0.9)',
  ]);
});

test('the reference is held against no reference', () => {
  expect(broken({ 'min-same-tools': 1, 'min-answered': 1 }, [link({ isReference: true })])).toEqual([]);
});

describe('consent', () => {
  const CHEAP = { requests: 60, usd: 1.5, unpriced: [] };
  const nobody = { tell: () => {}, confirm: undefined };

  test.each([
    [{ yes: true }, CHEAP],
    [{ yes: false, maxCost: 2 }, CHEAP],
    [
      { yes: true, maxCost: 2 },
      { ...CHEAP, unpriced: ['gpt-5.2'] },
    ],
  ])('%j lets it through', async (wallet, estimate) => {
    await expect(consent(estimate, wallet, nobody)).resolves.toBeUndefined();
  });

  test.each([
    [{ yes: false }, CHEAP, 'say --yes, or --max-cost'],
    [{ yes: true, maxCost: 1 }, CHEAP, 'more than --max-cost 1'],
    [{ yes: false, maxCost: 2 }, { ...CHEAP, unpriced: ['gpt-5.2'] }, 'leave gpt-5.2 out'],
  ])('%j sends nothing', async (wallet, estimate, message) => {
    await expect(consent(estimate, wallet, nobody)).rejects.toThrow(message);
  });

  test('whoever is there is asked, with what it costs at most', async () => {
    const said: string[] = [];
    const shell = { tell: (line: string) => void said.push(line), confirm: () => Promise.resolve(false) };
    await expect(consent({ ...CHEAP, unpriced: ['gpt-5.2'] }, { yes: false }, shell)).rejects.toThrow(
      'nothing was sent',
    );
    expect(said).toEqual([
      '60 requests, which cost at most about $1.50 at list prices, and what gpt-5.2 may take, whose price is not known',
    ]);
  });
});

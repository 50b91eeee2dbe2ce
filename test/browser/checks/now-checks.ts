import { nowOf } from '../console-view';
import { shoot, type Stage } from '../stage';
import { equal, holds, until } from '../until';

const CHAIN = ['anthropic', 'bedrock-us-east-1', 'bedrock-us-west-2', 'vertex'] as const;
const [PRIMARY, SECOND] = CHAIN;

/** What the first screen says of the primary with each fault. The last one keeps it away for a minute. */
const FAULTS = [
  ['500 server error', 'fails with server errors'],
  ['Connection refused', 'cannot be reached'],
  ['Cut mid-stream', 'breaks off'],
  ['Hang', 'does not answer in time'],
  ['Slow first token', 'does not answer in time'],
  ['429 rate limit', 'limits the rate'],
  ['529 overloaded', 'is overloaded'],
  ['Expired credential', 'refuses its credential'],
] as const;

export async function checkNow({ check, page }: Stage): Promise<void> {
  const view = nowOf(page);
  const primary = async () => (await view.links())[0]!;
  const isBack = () => until(primary, ({ look }) => look === 'well', `${PRIMARY} is well again`, 90_000);
  const isQuiet = () => until(view.level, (level) => level === 'well', 'the headline is calm again', 60_000);
  const noFailures = async () => equal(await view.failures(), 0);
  const heal = () => page.getByRole('button', { name: 'Heal everything' }).click();

  await check('the four hosts stand there in the order of the chain', async () => {
    await until(view.links, (links) => links.length > 0, 'hosts');
    equal(
      (await view.links()).map(({ host }) => host),
      CHAIN,
    );
  });

  await check('requests are counted, the primary answers all of them, and all is well', async () => {
    const before = await view.requests();
    await until(view.requests, (now) => now > before + 3, 'more requests');
    await until(primary, ({ share }) => share === 100, `${PRIMARY} answers`);
    equal(await view.level(), 'well');
    await noFailures();
  });

  await check(
    'with the primary killed from the keyboard, the next host answers, and the first screen says who fails',
    async () => {
      await page.getByRole('button', { name: 'Kill the primary' }).focus();
      await page.keyboard.press('Enter');
      await until(view.links, (links) => links[1]!.share > 50, `${SECOND} answers most requests`);
      await until(primary, ({ look }) => look !== 'well', `${PRIMARY} rests`);
      const text = await until(view.headline, (seen) => seen.includes(PRIMARY), 'the culprit is named');
      holds(text, 'cannot be reached', `${SECOND} answers for it`, 'clients do not notice');
      holds(await view.remedy(), 'No connection');
      await shoot(page, 'outage');
      await noFailures();
    },
  );

  await check('healed, the primary gets its traffic back step by step', async () => {
    await heal();
    await until(primary, ({ words }) => words.startsWith('back with'), `${PRIMARY} ramps`);
    await isBack();
    await until(primary, ({ share }) => share > 90, `${PRIMARY} answers again`);
    await isQuiet();
    await noFailures();
  });

  await check('a stream given as it comes cannot be rescued, and the page says so', async () => {
    await page.getByLabel('as they come').check();
    await view.press(PRIMARY, 'Cut mid-stream');
    await until(view.failures, (failures) => failures > 0, 'a failure');
    await heal();
    await page.getByLabel('when complete').check();
    await isBack();
    await page.getByRole('button', { name: 'Count anew' }).click();
    await until(view.failures, (failures) => failures === 0, 'no failures');
    await isQuiet();
  });

  for (const [fault, words] of FAULTS) {
    await check(`"${fault}": the first screen names the primary, and the client sees no failure`, async () => {
      await isBack();
      await view.press(PRIMARY, fault);
      const isNamed = (text: string): boolean => text.startsWith(PRIMARY) && text.includes(words);
      await until(view.headline, isNamed, `the headline says that ${PRIMARY} ${words}`, 40_000);
      equal(await view.isOnFirstScreen(), true);
      if ((await view.remedy()) === '') throw new Error('it does not say what to do');
      await heal();
      await noFailures();
    });
  }

  await check('with every host broken, the first screen names them all and says that clients fail', async () => {
    await isBack();
    for (const host of CHAIN) await view.press(host, '529 overloaded');
    const text = await until(view.headline, (seen) => seen.includes('Clients get errors'), 'all are named', 40_000);
    holds(text, 'Every host fails', ...CHAIN);
    await heal();
    await until(view.level, (level) => level === 'well', 'all is well again', 120_000);
  });
}

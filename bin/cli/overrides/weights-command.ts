import { Command, InvalidArgumentError } from 'commander';
import type { OverrideEntry } from '../../../lib/contract';
import { checkHost } from '../known-names';
import { duration } from '../duration';
import { openGateway } from '../gateway-access';
import { openOverrideStore, type OverrideStore } from '../override-store';
import { findStack, type StackOptions } from '../find-stack';
import { regionOption, stackOption } from '../stack-option';

interface WeightsOptions extends StackOptions {
  readonly for: number;
  readonly clear?: boolean;
}
type Weights = ReadonlyMap<string, number>;

export const weightsCommand = (): Command =>
  new Command('weights')
    .description('give hosts their shares of the conversations for a while; without shares, print those that are set')
    .argument('[shares...]', 'host=percent, such as anthropic=70; the rest begins at the first host without one', share)
    .option('--for <time>', 'for how long', duration, duration('1h'))
    .option('--clear', 'end the shares at once')
    .addOption(stackOption())
    .addOption(regionOption())
    .action(weights);

async function weights(shares: Weights | readonly never[], options: WeightsOptions): Promise<void> {
  const { stack } = await findStack(options);
  const store = openOverrideStore(stack);
  const wanted: Weights = shares instanceof Map ? shares : new Map();
  if (options.clear === true) {
    if (wanted.size > 0) throw new Error('--clear ends all shares; give either it or shares');
    const ended = await clear(store, () => true);
    return console.log(ended ? 'the chains decide again; routers see it within seconds' : 'no shares are set');
  }
  if (wanted.size === 0) return show(await store.list());
  const sum = rounded([...wanted.values()].reduce((all, percent) => all + percent, 0));
  if (sum > 100) throw new Error(`the shares add up to ${sum} percent; they may not be more than 100`);
  const { hosts } = await openGateway(stack);
  for (const host of wanted.keys()) checkHost(host, hosts);
  if (sum < 100 && hosts.every((host) => wanted.has(host))) {
    throw new Error(`the shares add up to ${sum} percent, and no host is left for the rest; make them 100`);
  }
  for (const { host, action, until } of await store.list()) {
    if (!wanted.has(host) || action === 'weight') continue;
    throw new Error(
      `${host} is in a ${action} until ${time(until)}, which a share would end; claude-failover undrain ${host} first`,
    );
  }
  await clear(store, (host) => !wanted.has(host));
  const until = Date.now() + options.for;
  for (const [host, percent] of wanted) await store.set({ host, action: 'weight', percent, until });
  const rest = sum < 100 ? `; the other ${rounded(100 - sum)} % begin at the first host without a share` : '';
  const each = [...wanted].map(([host, percent]) => `${host} ${percent} %`).join(', ');
  console.log(`conversations begin at ${each}${rest}, until ${time(until)}; routers see it within seconds`);
}

/** Ends shares; false where there were none. */
async function clear(store: OverrideStore, which: (host: string) => boolean): Promise<boolean> {
  const set = (await store.list()).filter(({ host, action }) => action === 'weight' && which(host));
  await Promise.all(set.map(({ host }) => store.clear(host)));
  return set.length > 0;
}

function show(overrides: readonly OverrideEntry[]): void {
  const set = overrides.filter(({ action }) => action === 'weight');
  if (set.length === 0) return console.log('no shares are set: the chains decide');
  for (const { host, percent, until, by } of set) console.log(`${host} ${percent} % until ${time(until)}, by ${by}`);
}

/** Without what adding binary fractions leaves. */
const rounded = (percent: number): number => Number(percent.toFixed(6));

const time = (ms: number): string => new Date(ms).toISOString();

function share(text: string, before: Weights = new Map()): Weights {
  const [, host = '', number] = /^([^=]+)=(\d{1,3}(?:\.\d+)?)$/.exec(text) ?? [];
  if (number === undefined || Number(number) > 100) {
    throw new InvalidArgumentError(
      `'${text}' is not host=percent, with a percentage from 0 to 100, such as anthropic=70`,
    );
  }
  if (before.has(host)) throw new InvalidArgumentError(`'${host}' has a share already; give each host once`);
  return new Map([...before, [host, Number(number)]]);
}

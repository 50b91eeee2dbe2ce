import { shortNumber } from '../../local/report/short-number';
import { SPEED } from './results';
import { MEASURED, publicCounts } from './scorecard-tables';
import { OWN, WAYS } from './speed-tables';

/** What is no Node process and no Python: its name, and what it is. */
const COMPILED: Readonly<Record<string, string>> = { rolter: 'Rust', Envoy: 'C++, knows no models' };
const OVERHEAD = [
  'unary, added, one at a time',
  'unary, CPU a request, 32 at a time',
  'unary, requests a second, 32 at a time',
  'time to first event, added',
];

/** What they are ahead in, and what they do where a host fails. */
export function compiledGateways(): string {
  const found = Object.entries(COMPILED).flatMap(([start, what]) => {
    const name = WAYS.find((way) => way.startsWith(start));
    return name === undefined ? [] : [`- **${name}** (${what}): ${overhead(name)}. ${failover(name)}`];
  });
  return found.length > 0 ? found.join('\n') : 'None could be had.';
}

function overhead(name: string): string {
  return SPEED.speed
    .filter(({ what }) => OVERHEAD.includes(what))
    .map(({ what, unit, values }) => {
      const [theirs, ours] = [values[name], values[OWN]].map((each) => (each ? shortNumber(each.median) : '–'));
      return `${what}, ${theirs} ${unit} against this router’s ${ours}`;
    })
    .join('; ');
}

function failover(name: string): string {
  const rescued = SPEED.failover.filter(({ values }) => values[name] !== undefined);
  const lost = SPEED.failover.filter(({ values }) => values[name] === undefined).map(({ what }) => what);
  const row = MEASURED.find((each) => each.name === name);
  const scorecard = row ? `; of the sixteen faults ${publicCounts(row, 'anthropic')}` : '';
  const without = lost.length > 0 ? `, and no fallback after ${lost.join('; ')}` : '';
  return `The fallback answers after ${rescued.length} of ${SPEED.failover.length} faults${without}${scorecard}.`;
}

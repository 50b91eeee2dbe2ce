import { markdownTable } from '../../local/report/markdown-table';
import { SPEED } from './results';
import { MEASURED, publicCounts } from './scorecard-tables';
import { OWN, QUIET, timesOf, WAYS } from './speed-tables';

/** What is no Node process and no Python: how its name begins, and what it is written in. */
const COMPILED: Readonly<Record<string, string>> = { rolter: 'Rust', Envoy: 'C++' };

/** AISIX as times the pass-through of its own run; it was measured by hand. */
const OVERHEAD: Readonly<Record<string, number>> = {
  'unary, added, one at a time': 1.07,
  'unary, CPU a request, 32 at a time': 0.78,
  'unary, requests a second, 32 at a time': 1.2,
  'time to first event, added': 1.19,
  'CPU of a stream of 200 events': 1.76,
  'stream of 20 MB': 0.27,
};
const AISIX = 'AISIX (Rust), by hand';
const UNKNOWN = 'not measured';

/** What they are ahead in, and what they do where a host fails. */
export function compiledGateways(): string {
  const compiled = Object.entries(COMPILED).flatMap(([start, language]) =>
    WAYS.filter((name) => name.startsWith(start)).map((name) => ({ name, title: `${name} (${language})` })),
  );
  const columns = [{ name: OWN, title: OWN }, { name: QUIET, title: QUIET }, ...compiled];
  const rowOf = (what: string, read: (name: string) => string, aisix: string) => [
    what,
    ...columns.map(({ name }) => read(name)),
    aisix,
  ];
  return markdownTable(
    ['', ...columns.map(({ title }) => title), AISIX],
    [
      ...SPEED.speed
        .filter(({ what }) => what in OVERHEAD)
        .map((column) =>
          rowOf(
            `${column.what}${column.better === 'more' ? ' (more is better)' : ''}`,
            (name) => timesOf(column, name) ?? '–',
            `${OVERHEAD[column.what]!.toFixed(2)} x`,
          ),
        ),
      rowOf(`faults after which the fallback answers, of ${SPEED.failover.length}`, rescues, UNKNOWN),
      rowOf('no fallback after', losses, UNKNOWN),
      rowOf('the sixteen faults, pass / partial / safe / fail', sixteen, UNKNOWN),
    ],
  );
}

const rescues = (name: string): string =>
  String(SPEED.failover.filter(({ values }) => values[name] !== undefined).length);

function losses(name: string): string {
  const lost = SPEED.failover.filter(({ values }) => values[name] === undefined).map(({ what }) => what);
  return lost.join('; ') || 'none of them';
}

function sixteen(name: string): string {
  // Without its logs the router does what it does with them.
  const row = MEASURED.find((each) => each.name === (name === QUIET ? OWN : name));
  return row ? publicCounts(row, 'anthropic') : UNKNOWN;
}

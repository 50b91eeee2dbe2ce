import { startPeer } from '../../bench/peers/gateways/peer-process';
import type { Peer } from '../../bench/peers';
import { createQuickClock } from './quick-clock';
import { runRows, type Row } from './run-rows';
import { noGateway, peerSubject } from './subjects/peer-subject';
import { WALL } from './cases/wall';

/** Answers where it is asked whether it is there, and ends at its first request for a model. */
const FRAGILE = `require('node:http').createServer((request, response) => {
  if (request.method === 'POST') process.exit(7);
  response.end();
}).listen(Number(process.argv[1]), '127.0.0.1')`;

function peerOf(name: string, command: (port: number) => readonly [string, ...string[]]): Peer {
  return {
    name,
    version: '1.0.0',
    setUp: '',
    install: () => Promise.resolve('.'),
    async start() {
      const { port, ...running } = await startPeer(command, {}, '/');
      const target = { url: `http://127.0.0.1:${port}`, headers: {}, model: 'claude-opus-5-5' };
      return { ...running, target: () => target };
    },
  };
}

const CASES = Object.values(WALL)
  .flat()
  .filter(({ id }) => ['S03 anthropic', 'S04 anthropic', 'S12 anthropic'].includes(id));

describe('a gateway that does not live', () => {
  const seen: (readonly string[])[] = [];
  let rows: readonly Row[] = [];
  beforeAll(async () => {
    const clock = createQuickClock(10);
    const subjects = [
      peerSubject(peerOf('fragile', (port) => [process.execPath, '-e', FRAGILE, String(port)])),
      peerSubject(peerOf('stillborn', () => [process.execPath, '-e', 'process.exit(3)'])),
      peerSubject(peerOf('absent', () => ['./no-such-gateway'])),
      noGateway,
    ];
    rows = await runRows(subjects, CASES, {
      clock,
      concurrency: 2,
      say: () => {},
      onRow: (all) => seen.push(all.map(({ name }) => name)),
    });
    clock.stop();
  });

  it.each([
    ['in the middle', 'fragile 1.0.0', 'its process ended with exit code 7 before it had answered everything'],
    ['before its first answer', 'stillborn 1.0.0', 'its process ended with exit code 3 before it answered'],
    ['before its process', 'absent 1.0.0', 'it did not start: spawn ./no-such-gateway ENOENT before it answered'],
  ])('and ends %s is a row that says so', (_, name, missing) => {
    expect(rows.find((row) => row.name === name)).toEqual({ name, setUp: '', missing, results: [] });
  });

  it('does not end the run: the next one is measured', () => {
    expect(rows.at(-1)).toMatchObject({ name: 'no gateway' });
    expect(rows.at(-1)!.results.map(({ verdict }) => verdict)).toEqual(['safe', 'safe', 'pass']);
  });

  it('takes nothing along: what was measured before is kept after each row', () => {
    expect(seen.map(({ length }) => length)).toEqual([1, 2, 3, 4]);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sharesOf } from '../../../bench/profile/attribute';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'profile-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** As esbuild joins modules: the name of each above its lines. */
const BUNDLE = [
  '// lambda/wire/sse-events.ts',
  'function push() {}',
  '// lambda/gateway/telemetry/log-writer.ts',
  'function write() {}',
  '// ../../node_modules/undici/lib/dispatcher/client.js',
  'function resume() {}',
].join('\n');

test('time belongs to the innermost part that is known, and what nobody did is not counted', () => {
  const file = join(folder, 'bundle.mjs');
  writeFileSync(file, BUNDLE);
  const url = pathToFileURL(file).href;
  const frame = (functionName: string, ofUrl: string, lineNumber = 0) => ({ functionName, url: ofUrl, lineNumber });
  const nodes = [
    { id: 1, callFrame: frame('(root)', ''), children: [2, 3, 4, 7, 8] },
    { id: 2, callFrame: frame('push', url, 1) },
    { id: 3, callFrame: frame('write', url, 3), children: [5] },
    { id: 4, callFrame: frame('resume', url, 5), children: [6] },
    // What a part calls in Node is that part's, but for HTTP.
    { id: 5, callFrame: frame('encode', 'node:internal/encoding') },
    { id: 6, callFrame: frame('writev', '') },
    { id: 7, callFrame: frame('(garbage collector)', '') },
    { id: 8, callFrame: frame('(idle)', '') },
  ];
  const samples = [2, 3, 5, 6, 7, 8, 1];
  const timeDeltas = [10, 10, 10, 40, 20, 1000, 10];
  expect(sharesOf({ nodes, samples, timeDeltas })).toEqual({
    'JSON and events': 0.1,
    'log lines and metrics': 0.2,
    'HTTP to the host': 0.4,
    'garbage collection': 0.2,
    'Node itself': 0.1,
  });
});

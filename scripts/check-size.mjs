/** The router's cold start follows the size of what it loads before the first request: its entry and that one's static imports. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DIST = 'lambda/functions/router/dist';
const ENTRY = join(DIST, 'index.mjs');
/** What is off by default costs its switch: a hundred bytes or two for each such capability. */
const LIMIT = 163_000;
/** `import"./x"` and `from"./x"`, but not `import("./x")`. */
const STATIC_IMPORT = /\b(?:import|from)\s*"(\.[^"]+)"/g;

if (!existsSync(ENTRY)) {
  console.error(`${ENTRY} is missing: run \`npm run build\` first.`);
  process.exit(1);
}
const sizes = new Map(
  readdirSync(DIST, { recursive: true })
    .filter((name) => /\.m?js$/.test(name))
    .map((name) => [join(DIST, name), readFileSync(join(DIST, name)).length]),
);

const atStart = new Set([ENTRY]);
for (const file of atStart) {
  for (const [, path] of readFileSync(file, 'utf8').matchAll(STATIC_IMPORT)) {
    const imported = join(file, '..', path);
    if (sizes.has(imported)) atStart.add(imported);
  }
}
for (const [file, bytes] of [...sizes].sort(([, a], [, b]) => b - a)) {
  console.log(`${String(bytes).padStart(8)}  ${atStart.has(file) ? 'at start' : 'lazy    '}  ${file}`);
}

const total = [...atStart].reduce((sum, file) => sum + sizes.get(file), 0);
console.log(`${total} bytes at start, ${LIMIT} are allowed`);
if (total > LIMIT) {
  console.error('The router loads too much at start: load what is rarely needed with import(), or do without it.');
  process.exitCode = 1;
}

/** What a browser loads before it shows anything. */
const PAGE = 'console/dist/page.js';
const PAGE_LIMIT = 150_000;
const page = readFileSync(PAGE).length;
console.log(`${page} bytes of script in ${PAGE}, ${PAGE_LIMIT} are allowed`);
if (page > PAGE_LIMIT) {
  console.error('The console loads too much script: do without a library, or write less.');
  process.exitCode = 1;
}

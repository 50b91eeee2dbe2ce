// Bundles everything that runs. ESM with splitting: what only some hosts need stays in chunks of its own.
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { bundledPackages, notices } from './notices/notices.mjs';

/**
 * On Node 24 an ESM import of node:http reads every export and so loads undici, 15 ms of a cold start.
 * `process.getBuiltinModule` hands out the same object without that.
 */
const lazyBuiltins = {
  name: 'lazy-builtins',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?(http|https|http2|crypto|zlib|stream|net|tls|buffer|util|events)$/ }, ({ path }) => ({
      path: path.replace(/^(?!node:)/, 'node:'),
      namespace: 'builtin',
    }));
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
    }));
  },
};

/** CommonJS dependencies inside an ES module. */
const REQUIRE = "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);";

/** Most chunks have none: what starts is many, and each would pay for it. The line stays, for the source map. */
async function withoutRequire(outputs) {
  for (const file of outputs.filter((name) => name.endsWith('.mjs'))) {
    const text = await readFile(file, 'utf8');
    if (text.startsWith(REQUIRE) && !/\brequire\b/.test(text.slice(REQUIRE.length))) {
      await writeFile(file, text.slice(REQUIRE.length));
    }
  }
}

const common = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  splitting: true,
  outExtension: { '.js': '.mjs' },
  entryNames: '[name]',
  chunkNames: 'chunks/[name]-[hash]',
  mainFields: ['module', 'main'],
  conditions: ['module'],
  plugins: [lazyBuiltins],
  banner: { js: REQUIRE },
  logLevel: 'warning',
};

/** Stack traces in the sources' lines; their text would be most of the asset. */
const mapped = { minify: true, sourcemap: 'linked', sourcesContent: false };

/** Synthetics takes one CommonJS file in this folder, and its Node is older than Lambda's. */
const synthetics = {
  format: 'cjs',
  splitting: false,
  target: 'node22',
  outExtension: { '.js': '.js' },
  entryNames: 'nodejs/node_modules/[name]',
  plugins: [],
  banner: {},
  minify: true,
};

/** One script and one style for browsers. */
const browser = {
  platform: 'browser',
  target: 'es2022',
  splitting: false,
  outExtension: { '.js': '.js' },
  conditions: ['browser', 'module'],
  mainFields: ['browser', 'module', 'main'],
  plugins: [],
  banner: {},
  minify: true,
  jsx: 'automatic',
  jsxImportSource: 'preact',
};

const bundles = [
  { entryPoints: ['lambda/functions/router/index.ts'], outdir: 'lambda/functions/router/dist', ...mapped },
  {
    entryPoints: ['lambda/functions/queue-worker/index.ts'],
    outdir: 'lambda/functions/queue-worker/dist',
    ...mapped,
  },
  { entryPoints: ['lambda/functions/canary/index.ts'], outdir: 'lambda/functions/canary/dist', ...mapped },
  {
    entryPoints: { 'outside-view': 'lambda/functions/outside-view/index.ts' },
    outdir: 'lambda/functions/outside-view/dist',
    ...synthetics,
  },
  { entryPoints: ['lambda/functions/pre-traffic/index.ts'], outdir: 'lambda/functions/pre-traffic/dist', ...mapped },
  { entryPoints: ['lambda/functions/batches/index.ts'], outdir: 'lambda/functions/batches/dist', ...mapped },
  { entryPoints: ['lambda/functions/bake/index.ts'], outdir: 'lambda/functions/bake/dist', ...mapped },
  { entryPoints: ['lambda/functions/key-reminder/index.ts'], outdir: 'lambda/functions/key-reminder/dist', ...mapped },
  { entryPoints: ['lambda/functions/spend-report/index.ts'], outdir: 'lambda/functions/spend-report/dist', ...mapped },
  { entryPoints: ['lambda/functions/spend-watch/index.ts'], outdir: 'lambda/functions/spend-watch/dist', ...mapped },
  { entryPoints: ['lambda/functions/authorizer/index.ts'], outdir: 'lambda/functions/authorizer/dist', minify: true },
  { entryPoints: ['lambda/functions/key-digest/index.ts'], outdir: 'lambda/functions/key-digest/dist', ...mapped },
  { entryPoints: ['lambda/functions/rollout/index.ts'], outdir: 'lambda/functions/rollout/dist', ...mapped },
  // A container fetches it without anything that could unpack an archive.
  {
    entryPoints: ['lambda/functions/server/index.ts'],
    outdir: 'lambda/functions/server/dist',
    ...mapped,
    splitting: false,
  },
  // These run on their user's Node.
  { entryPoints: ['bin/claude-failover.ts'], outdir: 'bin/dist', minify: true, target: 'node20' },
  { entryPoints: ['local/start.ts'], outdir: 'local/dist', minify: true, target: 'node20' },
  { entryPoints: ['console/page/page.tsx'], outdir: 'console/dist', ...browser },
  { entryPoints: ['bench/bench.ts'], outdir: 'bench/dist' },
  { entryPoints: ['test/conformance/scorecard.ts'], outdir: 'test/conformance/dist' },
];

const PAGE = 'console/dist';

/** What `npm pack` takes. */
const isShipped = ({ outdir }) => /^(lambda|bin|local|console)\//.test(outdir);

const only = process.argv.slice(2);

const built = await Promise.all(
  bundles
    .filter(({ outdir }) => only.length === 0 || only.includes(outdir))
    .map(async ({ outdir, ...bundle }) => {
      await rm(outdir, { recursive: true, force: true });
      const { metafile } = await build({ ...common, ...bundle, outdir, metafile: true });
      await withoutRequire(Object.keys(metafile.outputs));
      if (outdir === PAGE) await copyFile('console/page/index.html', `${PAGE}/index.html`);
      return { outdir, metafile };
    }),
);
if (only.length === 0) {
  const packages = bundledPackages(built.filter(isShipped).map(({ metafile }) => metafile));
  await writeFile('THIRD-PARTY-NOTICES', `${notices(packages)}\n`);
}

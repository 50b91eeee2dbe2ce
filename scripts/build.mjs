// Bundles everything that runs. ESM with splitting: what only some hosts need stays in chunks of its own.
import { relative } from 'node:path';
import { build } from 'esbuild';
import { removeOthers, writeWhole } from './bundles/bundle-files.mjs';
import { isBuilt, rememberBuild, sourcesHash } from './bundles/last-build.mjs';
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
function withoutRequire({ path, text, contents }) {
  const isIdle = path.endsWith('.mjs') && text.startsWith(REQUIRE) && !/\brequire\b/.test(text.slice(REQUIRE.length));
  return isIdle ? text.slice(REQUIRE.length) : contents;
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
  loader: { '.html': 'copy' },
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
  { entryPoints: ['console/page/page.tsx', 'console/page/index.html'], outdir: 'console/dist', ...browser },
  { entryPoints: ['bench/bench.ts'], outdir: 'bench/dist' },
  { entryPoints: ['test/conformance/scorecard.ts'], outdir: 'test/conformance/dist' },
];

/** What `npm pack` takes. */
const isShipped = ({ outdir }) => /^(lambda|bin|local|console)\//.test(outdir);

const NOTICES = 'THIRD-PARTY-NOTICES';
const only = process.argv.slice(2);
const asked = bundles.filter(({ outdir }) => only.length === 0 || only.includes(outdir));
const outputs = [...asked.map(({ outdir }) => outdir), ...(only.length === 0 ? [NOTICES] : [])];
const sources = sourcesHash();
if (!isBuilt(sources, outputs)) {
  const built = await Promise.all(
    asked.map(async ({ outdir, ...bundle }) => {
      const { metafile, outputFiles } = await build({ ...common, ...bundle, outdir, metafile: true, write: false });
      for (const file of outputFiles) writeWhole(file.path, withoutRequire(file));
      removeOthers(
        outdir,
        outputFiles.map(({ path }) => relative('', path)),
      );
      return { outdir, metafile };
    }),
  );
  if (only.length === 0) {
    const packages = bundledPackages(built.filter(isShipped).map(({ metafile }) => metafile));
    writeWhole(NOTICES, `${notices(packages)}\n`);
  }
  rememberBuild(sources, outputs);
}

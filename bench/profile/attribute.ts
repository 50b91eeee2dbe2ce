import { readFileSync } from 'node:fs';

/** As V8 writes it. */
export interface CpuProfile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  readonly children?: readonly number[];
}

/** Whose time it is: the first that fits, of the frames from the innermost outwards. */
const PARTS: readonly (readonly [part: string, fits: RegExp])[] = [
  ['HTTP to the host', /^node_modules\/undici|^node:_http_(client|agent)|^node:internal\/deps\/undici/],
  ['log lines and metrics', /^lambda\/gateway\/telemetry|^node_modules\/@aws-lambda-powertools/],
  ['JSON and events', /^lambda\/(wire|engine\/json|hosts\/splice)/],
  ['routing, failover, health', /^(lambda|lib)\/(?!server|hosts\/transport)/],
  ['HTTP to the client', /^node:_http|^lambda\/server/],
  ['HTTP to the host', /^lambda\/hosts\/transport/],
  ['HTTP to the client', /^bench/],
];
const OTHERS: Readonly<Record<string, string>> = { '(garbage collector)': 'garbage collection' };
export const REST = 'Node itself';

/** Shares of a process's busy time. */
export function sharesOf({ nodes, samples, timeDeltas }: CpuProfile): Record<string, number> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const micros = new Map<string, number>();
  let busy = 0;
  for (const [at, id] of samples.entries()) {
    const frames: string[] = [];
    for (let node = byId.get(id); node; node = byId.get(parents.get(node.id) ?? NaN)) frames.push(sourceOf(node));
    const [innermost = ''] = frames;
    if (innermost === '(idle)') continue;
    const time = timeDeltas[at] ?? 0;
    busy += time;
    const part = OTHERS[innermost] ?? partOf(frames);
    micros.set(part, (micros.get(part) ?? 0) + time);
  }
  return Object.fromEntries([...micros].map(([part, time]) => [part, time / busy]));
}

function partOf(frames: readonly string[]): string {
  for (const frame of frames) {
    const row = PARTS.find(([, fits]) => fits.test(frame));
    if (row) return row[0];
  }
  return REST;
}

function sourceOf({ callFrame: { url, lineNumber, functionName } }: ProfileNode): string {
  return url.startsWith('file:') ? (modulesOf(url)[lineNumber] ?? '') : url || functionName;
}

const known = new Map<string, readonly string[]>();

/** Of each line of a bundle that is not minified, the file it is from: esbuild writes its name above. */
function modulesOf(url: string): readonly string[] {
  const before = known.get(url);
  if (before) return before;
  let file = '';
  const lines = readFileSync(new URL(url), 'utf8').split('\n');
  const modules = lines.map(
    (line) => (file = /^ *\/\/ (?:\.\.\S*?\/)?((?:lambda|lib|bench|node_modules)\/\S+)$/.exec(line)?.[1] ?? file),
  );
  known.set(url, modules);
  return modules;
}

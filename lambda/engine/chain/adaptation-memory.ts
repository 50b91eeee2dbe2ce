import type { HostKind } from '../../../lib/contract';
import { BETA_PAIRS, DROPPABLE_FIELDS, FIELDS_BY_MESSAGE } from '../../wire/anthropic/request/adaptable-fields';
import { BETAS, requestedBetas } from '../../wire/anthropic/request/betas';
import type { ErrorFacts } from '../failure/failure';
import type { Adaptation, HostCall, MessagesBody } from '../host';

/** A host that catches up gets the feature back. */
const REMEMBER_MS = 3_600_000;
/** More says nothing new, and the patterns below take their time over long lines. */
const MAX_MESSAGE = 4000;
/** Clients choose the names of betas: they must not grow the memory. */
const MAX_BETAS = 100;

/** Hosts whose schema lags behind Anthropic's. The smaller beta list, because the retry is the only one. */
const LAGGING: Readonly<Partial<Record<HostKind, { readonly betas: readonly string[]; readonly version: string }>>> = {
  bedrock: { betas: BETAS.bedrockInvoke.accepted, version: 'bedrock-2023-05-31' },
  vertex: { betas: BETAS.vertex.accepted, version: 'vertex-2023-10-16' },
};

const NOTHING: Adaptation = { dropBetas: [], dropFields: [] };

/** What 400s have taught about each host and model. */
export class AdaptationMemory {
  readonly #learned = new Map<string, { readonly adaptation: Adaptation; readonly until: number }>();

  get(host: string, model: string, now: number): Adaptation | undefined {
    const known = this.#learned.get(key(host, model));
    return known !== undefined && now < known.until ? known.adaptation : undefined;
  }

  /** The adaptation to try next, or undefined when the answer teaches nothing that is new and harmless. */
  learn(
    host: string,
    kind: HostKind,
    model: string,
    facts: ErrorFacts,
    call: Pick<HostCall, 'headers' | 'body'>,
    now: number,
  ): Adaptation | undefined {
    const before = this.get(host, model, now) ?? NOTHING;
    const lesson = lessonOf(kind, facts.message.slice(0, MAX_MESSAGE), call, before);
    if (lesson === undefined) return undefined;
    const after: Adaptation = {
      ...before,
      ...lesson,
      dropBetas: union(before.dropBetas, lesson.dropBetas).slice(-MAX_BETAS),
      dropFields: union(before.dropFields, lesson.dropFields),
    };
    if (!isNew(before, after)) return undefined;
    this.#learned.set(key(host, model), { adaptation: after, until: now + REMEMBER_MS });
    return after;
  }
}

function lessonOf(
  kind: HostKind,
  message: string,
  { headers, body }: Pick<HostCall, 'headers' | 'body'>,
  before: Adaptation,
): Adaptation | undefined {
  const lagging = LAGGING[kind];
  if (lagging === undefined) return undefined;
  const betas = requestedBetas(headers);
  if (/invalid beta flag|anthropic[-_]beta/i.test(message)) {
    return withoutBetas(refusedBetas(message, lagging.betas, betas, before));
  }
  const fields = refusedFields(message, body);
  if (fields === undefined || fields.length > 0) return fields && withoutFields(fields, betas);
  return /anthropic[-_ ]version|api version/i.test(message)
    ? { ...NOTHING, anthropicVersion: lagging.version }
    : undefined;
}

/** Vertex names the flags. Bedrock does not: then all that are not known to be accepted, and after that all. */
function refusedBetas(
  message: string,
  accepted: readonly string[],
  requested: readonly string[],
  before: Adaptation,
): readonly string[] {
  const sent = requested.filter((beta) => !before.dropBetas.includes(beta));
  const named = sent.filter((beta) => message.includes(beta));
  if (named.length > 0) return named;
  const unlisted = sent.filter((beta) => !accepted.includes(beta));
  return unlisted.length > 0 ? unlisted : sent;
}

/** Undefined when the host refuses a field that carries meaning: then leaving out the others does not help. */
function refusedFields(message: string, body: MessagesBody): readonly string[] | undefined {
  const fields = FIELDS_BY_MESSAGE.filter((row) => row.message.test(message)).flatMap((row) => row.fields);
  for (const location of refusedLocations(message)) {
    const row = DROPPABLE_FIELDS.find(({ field }) => isAt(field.split('.'), location));
    if (row === undefined || (row.unless !== undefined && has(body, row.unless.split('.')))) return undefined;
    fields.push(row.field);
  }
  return fields;
}

/** `tools.0.custom.strict: Extra inputs are not permitted`, or `#/tools/0: extraneous key [strict] is not permitted`. */
function refusedLocations(message: string): string[][] {
  const dotted = message.matchAll(/([\w.-]+): Extra inputs are not permitted/gi);
  const pointers = message.matchAll(/#([\w/-]*): extraneous key \[([\w-]+)\] is not permitted/gi);
  return [
    ...[...dotted].map(([, path]) => path!.split('.')),
    ...[...pointers].map(([, path, field]) => [...path!.split('/').filter(Boolean), field!]),
  ];
}

/** Locations name the variant of a union in between (`tools.0.custom.x`), so the field is looked for in order. */
function isAt(field: readonly string[], location: readonly string[]): boolean {
  if (field[0] !== location[0] || field.at(-1) !== location.at(-1)) return false;
  let next = 0;
  for (const step of location) {
    if (step === field[next] || (field[next] === '*' && /^\d+$/.test(step))) next++;
  }
  return next === field.length;
}

function withoutBetas(dropBetas: readonly string[]): Adaptation {
  const pairs = BETA_PAIRS.filter((pair) => dropBetas.some((beta) => beta.startsWith(pair.beta)));
  return { dropBetas, dropFields: pairs.flatMap((pair) => pair.fields) };
}

function withoutFields(dropFields: readonly string[], requested: readonly string[]): Adaptation {
  const pairs = BETA_PAIRS.filter((pair) => pair.fields.some((field) => dropFields.includes(field)));
  return { dropBetas: requested.filter((beta) => pairs.some((pair) => beta.startsWith(pair.beta))), dropFields };
}

function has(value: unknown, path: readonly string[]): boolean {
  let at = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return false;
    at = (at as Readonly<Record<string, unknown>>)[step];
  }
  return at != null;
}

function union(a: readonly string[], b: readonly string[]): readonly string[] {
  return [...new Set([...a, ...b])];
}

function isNew(before: Adaptation, after: Adaptation): boolean {
  return (
    after.dropBetas.some((beta) => !before.dropBetas.includes(beta)) ||
    after.dropFields.some((field) => !before.dropFields.includes(field)) ||
    after.anthropicVersion !== before.anthropicVersion
  );
}

function key(host: string, model: string): string {
  return `${host}/${model}`;
}

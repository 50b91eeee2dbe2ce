import type { ErrorFacts } from '../../../engine/failure/failure';
import type { Adaptation, LessonCall, RequestBody } from '../../../engine/host';
import { BETA_PAIRS, DROPPABLE_FIELDS, FIELDS_BY_MESSAGE } from './adaptable-fields';
import { requestedBetas } from './betas';

/** A host whose schema lags behind Anthropic's. */
export interface LaggingHost {
  /** The smaller list where it has several, because the retry is the only one. */
  readonly betas: readonly string[];
  /** An API version it takes for certain. */
  readonly version: string;
}

/** More says nothing new, and the patterns below take their time over long lines. */
const MAX_MESSAGE = 4000;

const NOTHING: Adaptation = { dropBetas: [], dropFields: [] };

/** What the refusal of such a host teaches; undefined when that is nothing harmless. */
export function lessonOf(
  lagging: LaggingHost,
  facts: ErrorFacts,
  { headers, body }: LessonCall,
  known: Adaptation,
): Adaptation | undefined {
  const message = facts.message.slice(0, MAX_MESSAGE);
  const betas = requestedBetas(headers);
  if (/invalid beta flag|anthropic[-_]beta/i.test(message)) {
    return withoutBetas(refusedBetas(message, lagging.betas, betas, known));
  }
  const fields = refusedFields(message, body);
  if (fields === undefined || fields.length > 0) return fields && withoutFields(fields, betas);
  return /anthropic[-_ ]version|api version/i.test(message) ? { ...NOTHING, version: lagging.version } : undefined;
}

/** Vertex names the flags. Bedrock does not: then all that are not known to be accepted, and after that all. */
function refusedBetas(
  message: string,
  accepted: readonly string[],
  requested: readonly string[],
  known: Adaptation,
): readonly string[] {
  const sent = requested.filter((beta) => !known.dropBetas.includes(beta));
  const named = sent.filter((beta) => message.includes(beta));
  if (named.length > 0) return named;
  const unlisted = sent.filter((beta) => !accepted.includes(beta));
  return unlisted.length > 0 ? unlisted : sent;
}

/** Undefined when the host refuses a field that carries meaning: then leaving out the others does not help. */
function refusedFields(message: string, body: RequestBody): readonly string[] | undefined {
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

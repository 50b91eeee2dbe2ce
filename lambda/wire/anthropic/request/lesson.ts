import type { ErrorFacts } from '../../../engine/failure/failure';
import type { Adaptation, Lesson, LessonCall, BodyFields } from '../../../engine/host';
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

/** Anthropic's own. Any other is a client's invention: that it is refused says nothing of the host. */
const VERSIONS: ReadonlySet<string> = new Set(['2023-01-01', '2023-06-01', '2026-10-21']);

const NOTHING: Adaptation = { dropBetas: [], dropFields: [] };

/** What the refusal of such a host teaches; undefined when that is nothing harmless. */
export function lessonOf(
  lagging: LaggingHost,
  facts: ErrorFacts,
  { headers, body }: LessonCall,
  known: Adaptation,
): Lesson | undefined {
  const message = facts.message.slice(0, MAX_MESSAGE);
  const betas = requestedBetas(headers);
  if (/invalid beta flag|anthropic[-_]beta/i.test(message)) {
    // A body of Bedrock's own form is the client's: no host is to blame for what stands in it.
    if (body['anthropic_beta'] !== undefined) return undefined;
    return withoutBetas(refusedBetas(message, lagging.betas, betas, known));
  }
  const fields = refusedFields(message, body);
  if (fields === undefined || fields.some((field) => lacksItsBeta(field, betas))) return undefined;
  if (fields.length > 0) return { adaptation: withoutFields(fields, betas), isSure: true };
  return /anthropic[-_ ]version|api version/i.test(message)
    ? { adaptation: { ...NOTHING, version: lagging.version }, isSure: VERSIONS.has(headers['anthropic-version'] ?? '') }
    : undefined;
}

/** Some hosts name the flag. Of those that do not, all go that are not known to be accepted, and after that all. */
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

/** A field that came without the beta it needs is refused by everybody, and rightly. */
function lacksItsBeta(field: string, betas: readonly string[]): boolean {
  const pairs = BETA_PAIRS.filter(({ fields, isNeeded }) => isNeeded && fields.includes(field));
  return pairs.length > 0 && !pairs.some((pair) => betas.some((beta) => beta.startsWith(pair.beta)));
}

/** Undefined when the host refuses a field that carries meaning: then leaving out the others does not help. */
function refusedFields(message: string, body: BodyFields): readonly string[] | undefined {
  const fields = FIELDS_BY_MESSAGE.filter((row) => row.message.test(message)).flatMap((row) => row.fields);
  for (const location of refusedLocations(message)) {
    // Of several that fit, the one that says most: a path may end in the same words at another depth.
    const rows = DROPPABLE_FIELDS.filter(({ field }) => isAt(field.split('.'), location));
    const row = rows.sort((a, b) => b.field.length - a.field.length)[0];
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

/** Clients choose their betas: what is learnt of one holds for requests with the same, and for no others. */
function withoutBetas(betas: readonly string[]): Lesson {
  const pairs = BETA_PAIRS.filter((pair) => betas.some((beta) => beta.startsWith(pair.beta)));
  return { adaptation: { dropBetas: betas, dropFields: pairs.flatMap((pair) => pair.fields) }, isSure: false };
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

import { Duration } from 'aws-cdk-lib';
import fc from 'fast-check';

/** Nothing that a compiler of any language of the CDK would refuse: only what its types let through. */
export interface WrongValues {
  /** Tried each time. */
  readonly edges: readonly unknown[];
  /** And some of these. */
  readonly random: fc.Arbitrary<unknown>;
}

const NUMBERS: WrongValues = {
  edges: [-1, 0, 0.5, 1e15, NaN],
  random: fc.oneof(fc.double(), fc.integer()),
};
const STRINGS: WrongValues = {
  edges: ['', 'Not allowed!', 'x'.repeat(5_000), '${x}'],
  random: fc.string(),
};
const DURATIONS: WrongValues = {
  edges: [Duration.millis(0), Duration.millis(1), Duration.seconds(30), Duration.seconds(90), Duration.days(400)],
  random: fc.integer({ min: 0, max: 1e12 }).map((ms) => Duration.millis(ms)),
};
const MAPS: WrongValues = {
  edges: [{}, { '': '' }, { a: '' }, { 'Not allowed!': 'x'.repeat(5_000) }],
  random: fc.dictionary(fc.string(), fc.string()),
};
const BY_TYPE: Readonly<Record<string, WrongValues>> = { number: NUMBERS, string: STRINGS, Duration: DURATIONS };

/** Of a type, by its text; undefined where a value can only be right, or comes from a class that checks it. */
export function wrongValues(type: string): WrongValues | undefined {
  const item = /^(?:readonly )?(.*)\[\]$/.exec(type)?.[1];
  if (item !== undefined) return list(BY_TYPE[item]);
  return /^\{ \[.*: string \}$/.test(type) ? MAPS : BY_TYPE[type];
}

/** None, one wrong item, and one that is there twice; of what is not known here, none at all. */
function list(items: WrongValues | undefined): WrongValues {
  if (items === undefined) return { edges: [[]], random: fc.constant([]) };
  return {
    edges: [[], ...items.edges.map((item) => [item]), [items.edges.at(-1), items.edges.at(-1)]],
    random: fc.array(items.random, { maxLength: 3 }),
  };
}

import { readFileSync } from 'node:fs';
import type { PeerReport } from '../../bench/peers/peer-report';
import type { NOT_ON_THE_WIRE } from '../../test/conformance/cases/not-on-the-wire';
import type { CaseResult } from '../../test/conformance/judging/verdict';

export interface ScorecardRow {
  readonly name: string;
  readonly setUp: string;
  /** Why there are no results. */
  readonly missing?: string;
  readonly results: readonly Pick<CaseResult, 'id' | 'source' | 'fault' | 'verdict'>[];
}

/** What `npm run scorecard` wrote. */
export interface Scorecard {
  readonly groups: readonly { readonly name: string; readonly cases: number }[];
  readonly notOnTheWire: typeof NOT_ON_THE_WIRE;
  readonly rows: readonly ScorecardRow[];
}

/** What was read in documentation. */
interface Features {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What none of the others has. */
  readonly none: readonly string[];
}

const read = <Result>(name: string): Result =>
  JSON.parse(readFileSync(`docs/comparison/${name}.json`, 'utf8')) as Result;

export const SCORECARD = read<Scorecard>('scorecard');
export const SPEED = read<PeerReport>('speed');
export const FEATURES = read<Features>('features');

import { PUBLIC_FAULTS } from './public-faults';
import { RETRY_CASES } from './retry-cases';
import { STREAM_CASES } from './stream-cases';
import { TRANSLATION_CASES } from './translation-cases';
import type { WallCase } from './wall-case';

export type Group = 'public faults' | 'streams' | 'timeouts, cancelling, retries' | 'clouds';

export const WALL: Readonly<Record<Group, readonly WallCase[]>> = {
  'public faults': PUBLIC_FAULTS,
  streams: STREAM_CASES,
  'timeouts, cancelling, retries': RETRY_CASES,
  clouds: TRANSLATION_CASES,
};

import type { ClientConfig } from '../../../lib/contract';

/** SHA-256 of a client's keys, each in lower case hex; none where the front door knows it. */
export const keyDigests = ({ keySha256 = [] }: ClientConfig): string[] =>
  [keySha256].flat().map((digest) => digest.toLowerCase());

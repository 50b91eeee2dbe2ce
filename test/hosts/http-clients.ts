import { Transport } from '../../lambda/hosts/transport/transport';
import { UndiciClient } from '../../lambda/hosts/transport/undici-client';

/** What reaches hosts: on Lambda, and in a process that serves many. */
export const CLIENTS: readonly (readonly [name: string, create: () => Transport])[] = [
  ['node:http', () => new Transport()],
  ['undici', () => new Transport(new UndiciClient())],
];

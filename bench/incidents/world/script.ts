import type { ErrorFaultKind } from '../../../local/hosts/faults/fault';

/** How a host is when a request comes to it. */
export type HostCondition =
  | { readonly kind: 'sound' }
  | { readonly kind: 'refused' }
  /** A row of the error table of the simulated hosts. */
  | { readonly kind: 'error'; readonly row: ErrorFaultKind }
  /** The connection breaks after so many tokens. */
  | { readonly kind: 'cut'; readonly afterTokens: number }
  /** The first token takes so many times as long. */
  | { readonly kind: 'slow'; readonly factor: number };

/** The condition so many seconds into the incident; `chance` in [0, 1) is this attempt's own. */
export type Script = (second: number, chance: number) => HostCondition;

const SOUND: HostCondition = { kind: 'sound' };

export const always =
  (condition: HostCondition): Script =>
  () =>
    condition;
export const sound = always(SOUND);
export const error = (row: ErrorFaultKind): HostCondition => ({ kind: 'error', row });
export const share =
  (of: number, condition: HostCondition): Script =>
  (_second, chance) =>
    chance < of ? condition : SOUND;
/** So many seconds up, so many down. */
export const flapping =
  (everySeconds: number, condition: HostCondition): Script =>
  (second) =>
    Math.floor(second / everySeconds) % 2 === 0 ? condition : SOUND;

import { betasFor, requestedBetas, type BetaList } from '../wire/anthropic/request/betas';
import type { HostCall } from '../engine/host';
import { dropField } from './drop-field';
import type { HostTraits } from './host-traits';

/** A request cut to what a host understands. */
export interface FittedRequest {
  /** The body's fields; the client's own body is never changed. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly betas: readonly string[];
  /** The client's API version, unless the host has taught another. */
  readonly version: string | undefined;
  readonly dropped: readonly string[];
}

/** Leaves out what the host is known to refuse and the answer does not depend on, and what it has refused before. */
export function fitRequest(call: HostCall, { leavesOut }: HostTraits, list?: BetaList): FittedRequest {
  const { adaptation, headers } = call;
  const dropped: string[] = [];
  let fields: Readonly<Record<string, unknown>> = call.body;
  for (const field of [...leavesOut, ...(adaptation?.dropFields ?? [])]) {
    const without = dropField(fields, field);
    if (without !== fields) dropped.push(field);
    fields = without;
  }
  const requested = requestedBetas(headers);
  const wanted = requested.filter((beta) => !adaptation?.dropBetas.includes(beta));
  const { keep, drop } = list === undefined ? { keep: wanted, drop: [] } : betasFor(list, wanted);
  const betas = keep.filter((beta) => !adaptation?.dropBetas.includes(beta));
  dropped.push(...requested.filter((beta) => !wanted.includes(beta)), ...drop);
  return { fields, betas, version: adaptation?.version ?? headers['anthropic-version'], dropped };
}

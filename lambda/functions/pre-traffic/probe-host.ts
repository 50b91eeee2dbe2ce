import * as v from 'valibot';
import { type Finding, FINDINGS, type Probe } from '../../../lib/contract';
import { isReason } from '../../engine/failure/failure';
import { errorText } from '../../runtime/error-text';
import { findingOf, findingOfType } from '../findings/finding-of';
import type { RouterAnswer } from './invoke-router';
import { probeEvent, type ProbeEvent } from './probe-event';

export type InvokeRouter = (event: ProbeEvent) => Promise<RouterAnswer>;

export type Probed =
  /** The host has answered with a Message. */
  | { readonly kind: 'sound' }
  /** It has not, or the router skips it: why, and what to do. */
  | { readonly kind: 'down'; readonly text: string; readonly finding: Finding }
  /** The router answers, and not for this host: it does not know it or the model. */
  | { readonly kind: 'unasked'; readonly text: string }
  /** The router itself does not answer: a bundle that cannot be loaded shows here. */
  | { readonly kind: 'silent'; readonly text: string };

const message = v.object({ type: v.literal('message'), role: v.literal('assistant'), content: v.array(v.unknown()) });
const failure = v.object({ error: v.object({ type: v.string(), message: v.string() }) });

/** One host, asked through one version of the router. */
export async function probeHost(probe: Probe, invoke: InvokeRouter): Promise<Probed> {
  let answer: RouterAnswer;
  try {
    answer = await invoke(probeEvent(probe));
  } catch (error) {
    return { kind: 'silent', text: errorText(error) };
  }
  const { status, trace, body } = answer;
  const json = parse(body);
  // The status alone says little: what a proxy on the way puts into its place has one too.
  if (status === 200 && v.is(message, json)) return { kind: 'sound' };
  const error = v.is(failure, json) ? json.error : undefined;
  const why = error === undefined ? 'no Message in the answer' : `${error.type}: ${error.message}`;
  const text = `model ${probe.model}, status ${status}, ${why} (${trace})`;
  // What the router says before it comes to any host has no trace.
  if (trace === '') return { kind: 'unasked', text };
  const finding = found(trace, error?.type);
  return { kind: 'down', text: `${text}. ${FINDINGS[finding].remedy}`, finding };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** By the last step of the trace, `host:reason` or `host:skipped-reason`; else by the error. */
function found(trace: string, errorType: string | undefined): Finding {
  const reason = trace.slice(trace.lastIndexOf(':') + 1).replace(/^skipped-/, '');
  if (isReason(reason)) return findingOf(reason);
  return errorType === undefined ? 'wrong-answer' : findingOfType(errorType);
}

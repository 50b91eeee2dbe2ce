import * as v from 'valibot';
import { FINDINGS, type Probe } from '../../../lib/contract';
import { isReason } from '../../engine/failure/failure';
import { errorText } from '../../runtime/error-text';
import { findingOf } from '../findings/finding-of';
import type { RouterAnswer } from './invoke-router';
import { probeEvent, type ProbeEvent } from './probe-event';

export type InvokeRouter = (event: ProbeEvent) => Promise<RouterAnswer>;

const message = v.object({ type: v.literal('message'), role: v.literal('assistant'), content: v.array(v.unknown()) });
const failure = v.object({ error: v.object({ type: v.string(), message: v.string() }) });

/** Undefined where the host has answered with a Message; else why it has not, and what to do. */
export async function probeHost(probe: Probe, invoke: InvokeRouter): Promise<string | undefined> {
  let answer: RouterAnswer;
  try {
    answer = await invoke(probeEvent(probe));
  } catch (error) {
    // The function has not even answered: a bundle that cannot be loaded shows here.
    return `host ${probe.host}: the new version could not be asked: ${errorText(error)}`;
  }
  const { status, trace, body } = answer;
  const json = parse(body);
  // The status alone says little: what a proxy on the way puts into its place has one too.
  if (status === 200 && v.is(message, json)) return undefined;
  const why = v.is(failure, json) ? `${json.error.type}: ${json.error.message}` : 'no Message in the answer';
  return `host ${probe.host}, model ${probe.model}: status ${status}, ${why} (${trace}). ${remedy(trace)}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** By the last step of the trace, `host:reason`; what the router could not even try is in the error itself. */
function remedy(trace: string): string {
  const reason = trace.slice(trace.lastIndexOf(':') + 1);
  const known = isReason(reason) ? FINDINGS[findingOf(reason)].remedy : undefined;
  return known ?? 'If the host stays down, take it out of the chain and deploy again';
}

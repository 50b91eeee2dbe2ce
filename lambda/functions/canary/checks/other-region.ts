import * as v from 'valibot';
import { HEALTH_CHECK } from '../../../../lib/contract';
import { errorText } from '../../../runtime/error-text';

const TIMEOUT_MS = 10_000;
/** Whatever it says of its hosts: who says anything can also tell by itself. */
const health = v.object({ status: v.picklist(['ok', 'degraded', 'down']), serving: v.boolean() });

/** Undefined where a gateway answers there; else what came instead. What fails is asked again at once: one accident is no finding. */
export async function problemOfRegion(url: string): Promise<string | undefined> {
  return (await ask(url)) && ask(url);
}

async function ask(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url + HEALTH_CHECK.path, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const text = await response.text();
    const said: unknown = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : undefined;
    return v.is(health, said) ? undefined : `answered ${response.status} without its state`;
  } catch (error) {
    return errorText(error);
  }
}

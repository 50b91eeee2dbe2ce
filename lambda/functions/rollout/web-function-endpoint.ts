import * as v from 'valibot';
import { AwsCallError, callAws } from '../../aws/call-aws';
import { requireEnv, type Env } from '../../runtime/require-env';
import type { LiveEndpoint, Weights } from './roll-out';

const described = v.object({
  domainName: v.optional(v.string()),
  revisionWeights: v.optional(v.array(v.object({ revisionId: v.string(), weight: v.number() })), []),
  updateStatus: v.optional(v.string()),
  updateStatusReason: v.optional(v.string()),
});
type Described = v.InferOutput<typeof described>;

const POLL_MS = 3_000;
const TRIES = 60;

/** The endpoint of clients, by Lambda's own API. */
export class WebFunctionEndpoint {
  readonly #path: string;

  constructor(
    functionName: string,
    endpointName: string,
    private readonly env: Env,
    private readonly sleep: (ms: number) => Promise<void>,
  ) {
    this.#path = `/2025-03-07/web-functions/${encodeURIComponent(functionName)}/endpoints/${encodeURIComponent(endpointName)}`;
  }

  async live(): Promise<LiveEndpoint | undefined> {
    const found = await this.#describe();
    if (found?.domainName === undefined) return undefined;
    return { url: `https://${found.domainName}`, weights: found.revisionWeights };
  }

  /** An update is under way when the call returns. */
  async shift(revisionWeights: Weights): Promise<void> {
    await this.#call('PATCH', JSON.stringify({ revisionWeights }));
    for (let tries = 1; tries <= TRIES; tries += 1) {
      const { updateStatus = 'Successful', updateStatusReason = 'no reason is given' } = (await this.#describe()) ?? {};
      if (updateStatus === 'Successful') return;
      if (updateStatus === 'Failed') throw new Error(`the endpoint does not take the weights: ${updateStatusReason}`);
      await this.sleep(POLL_MS);
    }
    throw new Error(`the endpoint has not taken the weights in ${(TRIES * POLL_MS) / 1000} seconds`);
  }

  async #describe(): Promise<Described | undefined> {
    try {
      return v.parse(described, JSON.parse((await this.#call('GET')).toString()));
    } catch (error) {
      if (error instanceof AwsCallError && error.status === 404) return undefined;
      throw error;
    }
  }

  #call(method: 'GET' | 'PATCH', body?: string): Promise<Buffer> {
    const region = requireEnv(this.env, 'AWS_REGION');
    const headers = { 'content-type': 'application/json' };
    return callAws(
      { service: 'lambda', region, method, path: this.#path, ...(body !== undefined && { headers, body }) },
      this.env,
    );
  }
}

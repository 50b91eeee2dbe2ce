import { type GuardrailConfig, METRICS, type MetricName, RESPONSE_HEADERS } from '../../../../lib/contract';
import type { Answer } from '../../../engine/answer';
import { readAll } from '../../../engine/bytes';
import type { Plan } from '../../../engine/chain/plan';
import type { GatewayResponse } from '../../../engine/gateway';
import type { Env } from '../../../runtime/require-env';
import { ownersMessage } from '../../../wire/anthropic/answer/owners-message';
import { GatewayError } from '../../gateway-error';
import { publishMetric } from '../../telemetry/publish-metric';
import { applyGuardrail } from './apply-guardrail';
import { PassedTexts } from './passed-texts';
import { inputTexts, outputText } from './texts';

/** With all retries; a request that has less time gives it that. */
const LONGEST_MS = 5000;
const NOTE = 'stopped by a guardrail';

export interface GuardrailWorld {
  readonly env: Env;
  readonly hasMetrics: boolean;
}

/** What users say to hosts, and models to users, held against a guardrail of Bedrock. No text of theirs is ever logged. */
export class Guardrail {
  readonly #passed = new PassedTexts();

  constructor(
    private readonly client: string,
    private readonly config: GuardrailConfig,
    private readonly world: GuardrailWorld,
  ) {}

  /** The plan, with what becomes of its answer; or what the client gets in place of one. Throws a `GatewayError` where it cannot be asked. */
  async held(plan: Plan): Promise<Plan | GatewayResponse> {
    if (plan.endpoint !== 'messages') return plan;
    const texts = this.#passed.unknown(inputTexts(plan.body));
    const words = texts.length === 0 ? undefined : await this.#asked('INPUT', texts, plan);
    if (words !== undefined) {
      const headers = {
        'content-type': plan.stream ? 'text/event-stream; charset=utf-8' : 'application/json',
        'request-id': plan.requestId,
        [RESPONSE_HEADERS.host]: 'none',
        [RESPONSE_HEADERS.note]: NOTE,
      };
      return { status: 200, headers, body: refusal(words, plan) };
    }
    this.#passed.add(texts);
    if (this.config.output !== true) return plan;
    return { ...plan, commit: 'complete', inspect: (answer) => this.#inspected(answer, plan) };
  }

  async #inspected(answer: Answer, plan: Plan): Promise<Answer> {
    const { body } = answer;
    const bytes = body instanceof Uint8Array ? body : await readAll(body, Infinity);
    const text = outputText(bytes);
    try {
      const words = text === '' ? undefined : await this.#asked('OUTPUT', [text], plan);
      return { ...answer, body: words === undefined ? bytes : refusal(words, plan) };
    } catch (error) {
      if (!plan.stream || !(error instanceof GatewayError)) throw error;
      // The status may be out with the pings.
      const { dialect, requestId } = plan;
      return { ...answer, body: dialect.errorEvent(dialect.error(error.status, error.message, requestId)) };
    }
  }

  async #asked(source: 'INPUT' | 'OUTPUT', texts: readonly string[], { budget }: Plan): Promise<string | undefined> {
    const signal = AbortSignal.timeout(Math.min(LONGEST_MS, budget.deadlineMs));
    try {
      const words = await applyGuardrail(this.config, source, texts, this.world.env, signal);
      if (words !== undefined) this.#count(METRICS.guardrailStops);
      return words;
    } catch {
      this.#count(METRICS.guardrailFailures);
      if (this.config.whenDown === 'open') return undefined;
      throw new GatewayError(
        503,
        `the guardrail of client '${this.client}' cannot be asked, and nothing goes without it; try again`,
        { 'retry-after': '5', 'x-should-retry': 'true' },
        'api_error',
        { denial: { client: this.client, rule: 'guardrail' } },
      );
    }
  }

  #count(name: MetricName): void {
    if (this.world.hasMetrics) publishMetric(this.world.env, name, 1);
  }
}

const refusal = (words: string, { requestId, stream }: Plan): Uint8Array =>
  ownersMessage(words, requestId, stream, 'refusal');

import type { ClientPolicy, HostConfig, RouterConfig } from '../../../lib/contract';
import { CAPABILITIES } from '../../../lib/catalog/capabilities';
import type { ModelCatalog } from '../../../lib/catalog/resolve';
import type { Link, Plan } from '../../engine/chain/plan';
import type { GatewayResponse } from '../../engine/gateway';
import { isObject, type JsonObject } from '../../engine/json';
import { repeatedKey } from '../../wire/repeated-key';
import { OPENAI_ENDPOINTS } from '../openai-client';
import type { Planner } from '../plan/plan-request';
import { AllowedModels } from './allowed-models';
import { askedEffort, bodyDenial, isWithin } from './body-rules';
import { type Denial, denied, quoted } from './denial';
import type { Guardrail, GuardrailWorld } from './guardrail/guardrail';
import { hostPlaces } from './host-places';
import { modelNames } from './model-names';

/** What Claude takes for an effort where none is asked for. */
const USUAL_EFFORT = 'high';
/** What OpenAI's door asks of a model that nobody knows. */
const DOORS_MAX_TOKENS = 8192;

/** The policy of one team, held against its requests before any host hears of them. */
export class TeamRules {
  readonly #hosts: ReadonlyMap<string, HostConfig>;
  readonly #models: AllowedModels | undefined;
  #guardrail: Promise<Guardrail> | undefined;

  constructor(
    readonly client: string,
    private readonly policy: ClientPolicy,
    { hosts }: RouterConfig,
    private readonly catalog: ModelCatalog,
    private readonly world: GuardrailWorld,
  ) {
    this.#hosts = new Map(hosts.map((host) => [host.name, host]));
    this.#models = policy.models && new AllowedModels(policy.models, catalog);
  }

  /** The models that the team hears of. */
  get visible(): ModelCatalog {
    const allowed = this.#models;
    if (allowed === undefined) return this.catalog;
    const find: ModelCatalog['find'] = (name) => (allowed.has(name) ? this.catalog.find(name) : undefined);
    return { ...this.catalog, models: allowed.models, find };
  }

  /** Knows every model, and names those of the team where it says what there is. */
  planner(planner: Planner): Planner {
    return { ...planner, models: { ...this.catalog, models: this.visible.models } };
  }

  /** The request, with the team's ceiling where it would otherwise get more without having asked for it. Throws a `GatewayError`. */
  checked(plan: Plan, door: string): Plan {
    this.#refuse(this.#modelDenial(plan.model, 'model'));
    this.checkBytes(plan.bytes);

    const lowered = this.#lowered(plan, door);
    this.checkBody(lowered.body);
    if (plan.isSteered) {
      const other = plan.chain.find((link) => this.#linkDenial(link) !== undefined);
      this.#refuse(other && this.#linkDenial(other));
    }
    return lowered;
  }

  /** Past the team's guardrail, which may have an answer of its own. Throws a `GatewayError`. */
  async guarded(plan: Plan): Promise<Plan | GatewayResponse> {
    const { guardrail } = this.policy;
    if (guardrail === undefined) return plan;
    this.#guardrail ??= import('./guardrail/guardrail').then(
      ({ Guardrail }) => new Guardrail(this.client, guardrail, this.world),
    );
    return (await this.#guardrail).held(plan);
  }

  /** The plan without the links that are not the team's; who asks for more than one gets what is left. Throws a `GatewayError`. */
  cut(plan: Plan): Plan {
    const isAllowed = (link: Link): boolean => this.#linkDenial(link) === undefined;
    const chain = plan.chain.filter(isAllowed);
    const [first] = chain;
    if (first === undefined) {
      this.#refuse(this.#linkDenial(plan.chain[0]!));
      return plan;
    }
    return {
      ...plan,
      chain,
      fallbacks: plan.fallbacks.map((links) => links.filter(isAllowed)).filter((links) => links.length > 0),
      lastResort: plan.lastResort.filter(isAllowed),
      onRefusal: plan.onRefusal.filter(isAllowed),
      primary: chain.some(({ host }) => host.name === plan.primary) ? plan.primary : first.host.name,
    };
  }

  /** For what is read without being parsed as a whole. */
  checkBytes(json: Uint8Array): void {
    const key = repeatedKey(json);
    this.#refuse(
      key === undefined
        ? undefined
        : { rule: 'form', why: `the request body has ${quoted(key)} twice in one object; give each once` },
    );
  }

  checkBody(body: JsonObject): void {
    for (const [at, name] of modelNames(body)) this.#refuse(this.#modelDenial(name, at));
    this.#refuse(bodyDenial(this.policy, body, this.client));
  }

  /** One request of a batch. */
  checkBatched(params: JsonObject): void {
    this.#refuse(this.#modelDenial(params['model'], 'requests.*.params.model'));
    this.checkBody(params);
    if (!this.#isBelowUsual(params, String(params['model']))) return;
    const why = `requests.*.params.output_config.effort: none is given, which stands for '${USUAL_EFFORT}'; client '${this.client}' may ask for '${this.policy.effort}' at most`;
    this.#refuse({ rule: 'effort', why });
  }

  /** Batches and files live on one host. */
  checkStateful(endpoint: 'batches' | 'files', host: string): void {
    if (endpoint === 'files' && this.policy.files === false) {
      this.#refuse({
        rule: 'files',
        why: `files are not for client '${this.client}'; send their contents in messages`,
      });
    }
    if (endpoint === 'batches' && this.policy.guardrail) {
      const why = `batches are not for client '${this.client}', whose guardrail could not look at them; send messages`;
      this.#refuse({ rule: 'guardrail', why });
    }
    this.#refuse(this.#hostDenial(host, ''));
  }

  #modelDenial(name: unknown, at: string): Denial | undefined {
    if (this.#models === undefined) return undefined;
    const text = typeof name === 'string' ? name : '';
    const slash = this.catalog.find(text) === undefined ? text.indexOf('/') : -1;
    const isNamed = at.startsWith('fallbacks[') && slash > 0 && this.#hosts.has(text.slice(0, slash));
    return this.#models.has(isNamed ? text.slice(slash + 1) : text)
      ? undefined
      : this.#models.denial(name, this.client, at);
  }

  #linkDenial({ host, model }: Link): Denial | undefined {
    if (this.#models && !this.#models.has(model)) return this.#models.denial(model, this.client);
    return this.#hostDenial(host.name, model);
  }

  #hostDenial(name: string, model: string): Denial | undefined {
    const { hosts, geographies } = this.policy;
    if (hosts && !hosts.includes(name)) {
      const why = `host '${name}' is not for client '${this.client}'; it may use ${hosts.join(', ')}`;
      return { rule: 'hosts', why };
    }
    const config = this.#hosts.get(name);
    if (geographies === undefined || config === undefined) return undefined;
    const outside = hostPlaces(config, model).filter((place) => !geographies.some((each) => each === place));
    if (outside.length === 0) return undefined;
    const why = `client '${this.client}' may only be served in ${geographies.join(', ')}, and no host of this chain serves ${model === '' ? 'this' : quoted(model)} there and nowhere else`;
    return { rule: 'geographies', why };
  }

  /** Lower, where it is not the client that has asked for so much. */
  #lowered(plan: Plan, door: string): Plan {
    if (plan.endpoint !== 'messages') return plan;
    const { maxTokens, effort } = this.policy;
    const { body, model } = plan;
    const isDoors =
      door in OPENAI_ENDPOINTS && body['max_tokens'] === (CAPABILITIES[model]?.maxTokens ?? DOORS_MAX_TOKENS);
    const fields: JsonObject = {
      ...(isDoors && maxTokens !== undefined && { max_tokens: Math.min(maxTokens, Number(body['max_tokens'])) }),
      ...(this.#isBelowUsual(body, model) && {
        output_config: { ...(isObject(body['output_config']) && body['output_config']), effort },
      }),
    };
    if (Object.keys(fields).length === 0) return plan;
    const changed = { ...body, ...fields };
    return { ...plan, body: changed, bytes: new TextEncoder().encode(JSON.stringify(changed)) };
  }

  /** A ceiling below what the model does unasked. */
  #isBelowUsual(body: JsonObject, name: string): boolean {
    const { effort } = this.policy;
    if (effort === undefined || isWithin(USUAL_EFFORT, effort) || askedEffort(body) !== undefined) return false;
    return CAPABILITIES[this.catalog.find(name)?.id ?? name]?.effort.includes(effort) ?? false;
  }

  #refuse(denial: Denial | undefined): void {
    if (denial !== undefined) throw denied(this.client, denial);
  }
}

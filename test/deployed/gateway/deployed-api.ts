import type { Aws } from '../aws';

/** What API Gateway knows of a deployed REST API, read back from it. */
export interface DeployedApi {
  readonly id: string;
  readonly stage: string;
  readonly apiKeySource: string;
  readonly binaryMediaTypes: readonly string[];
  readonly methods: readonly ApiMethod[];
  readonly responses: ReadonlyMap<string, CustomResponse>;
  readonly keys: readonly ApiKey[];
  readonly limits: Limits;
}

export interface ApiMethod {
  /** `/` or `/{proxy+}`. */
  readonly path: string;
  readonly httpMethod: string;
  readonly resourceId: string;
  readonly apiKeyRequired: boolean;
  /** ARN of the function that says who may call. */
  readonly authorizerArn: string | undefined;
  readonly authorizerId: string | undefined;
  readonly integration: Integration;
}

export interface Integration {
  readonly functionArn: string;
  readonly isStreaming: boolean;
  readonly timeoutMs: number;
}

export interface CustomResponse {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly template: string | undefined;
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly enabled: boolean;
  /** Those of its usage plan for this stage; without one, the key opens nothing. */
  readonly plan: Limits | undefined;
}

export interface Limits {
  readonly rate?: number;
  readonly burst?: number;
  readonly quota?: { readonly limit: number; readonly period: string };
}

/** `https://<id>.execute-api.<region>.amazonaws.com/<stage>` */
const URL_PARTS = /^https:\/\/([a-z0-9]+)\.execute-api\.[^/]+\/([^/]+)$/;
/** The function in the URI of an integration or an authorizer, and how it is invoked. */
const FUNCTION_URI = /\/functions\/(arn:[^/]+)\/(response-streaming-invocations|invocations)$/;
/** API Gateway's own, where a method says nothing. */
const DEFAULT_TIMEOUT_MS = 29_000;

export async function readApi({ apiGateway }: Aws, url: string): Promise<DeployedApi> {
  const [, restApiId = '', stageName = ''] = URL_PARTS.exec(url) ?? [];
  const [api, stage, resources, authorizers, responses] = await Promise.all([
    apiGateway.getRestApi({ restApiId }),
    apiGateway.getStage({ restApiId, stageName }),
    apiGateway.getResources({ restApiId, embed: ['methods'] }),
    apiGateway.getAuthorizers({ restApiId }),
    apiGateway.getGatewayResponses({ restApiId }),
  ]);
  const authorizerArns = new Map(
    authorizers.items?.map(({ id, authorizerUri }) => [id, functionOf(authorizerUri).arn]),
  );
  const methods = (resources.items ?? []).flatMap(({ id = '', path = '', resourceMethods = {} }) =>
    Object.entries(resourceMethods).map(([httpMethod, { apiKeyRequired, authorizerId, methodIntegration }]) => {
      const { arn, isStreaming } = functionOf(methodIntegration?.uri);
      const timeoutMs = methodIntegration?.timeoutInMillis ?? DEFAULT_TIMEOUT_MS;
      return {
        path,
        httpMethod,
        resourceId: id,
        apiKeyRequired: apiKeyRequired ?? false,
        authorizerArn: authorizerArns.get(authorizerId),
        authorizerId,
        integration: { functionArn: arn, isStreaming, timeoutMs },
      };
    }),
  );
  const all = stage.methodSettings?.['*/*'];
  return {
    id: restApiId,
    stage: stageName,
    apiKeySource: api.apiKeySource ?? 'HEADER',
    binaryMediaTypes: api.binaryMediaTypes ?? [],
    methods,
    responses: new Map(responses.items?.map((response) => [response.responseType ?? '', customResponse(response)])),
    keys: await readKeys(apiGateway, restApiId, stageName),
    limits: { rate: all?.throttlingRateLimit, burst: all?.throttlingBurstLimit },
  };
}

async function readKeys(apiGateway: Aws['apiGateway'], apiId: string, stage: string): Promise<ApiKey[]> {
  const plans = (await apiGateway.getUsagePlans({})).items ?? [];
  const planOf = new Map<string | undefined, Limits>();
  for (const { id: usagePlanId, apiStages, throttle, quota } of plans) {
    if (!apiStages?.some((at) => at.apiId === apiId && at.stage === stage)) continue;
    const limits = {
      rate: throttle?.rateLimit,
      burst: throttle?.burstLimit,
      quota: quota && { limit: quota.limit ?? 0, period: quota.period ?? '' },
    };
    const { items = [] } = await apiGateway.getUsagePlanKeys({ usagePlanId });
    for (const { id } of items) planOf.set(id, limits);
  }
  const { items = [] } = await apiGateway.getApiKeys({ includeValues: true });
  return items.map(({ id = '', name = '', value = '', enabled = false }) => ({
    id,
    name,
    value,
    enabled,
    plan: planOf.get(id),
  }));
}

function functionOf(uri: string | undefined): { readonly arn: string; readonly isStreaming: boolean } {
  const [, arn, how] = FUNCTION_URI.exec(uri ?? '') ?? [];
  if (arn === undefined) throw new Error(`this names no Lambda function: ${uri}`);
  return { arn, isStreaming: how === 'response-streaming-invocations' };
}

const HEADER = 'gatewayresponse.header.';

function customResponse(response: {
  statusCode?: string;
  responseParameters?: Record<string, string>;
  responseTemplates?: Record<string, string>;
}): CustomResponse {
  const { statusCode, responseParameters = {}, responseTemplates = {} } = response;
  const headers = Object.entries(responseParameters).filter(([name]) => name.startsWith(HEADER));
  return {
    status: statusCode === undefined ? undefined : Number(statusCode),
    headers: Object.fromEntries(headers.map(([name, value]) => [name.slice(HEADER.length), value])),
    template: responseTemplates['application/json'],
  };
}

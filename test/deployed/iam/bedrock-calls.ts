import { modelOf, type SimRequest } from '../../../local/hosts/requests/recorded-request';
import { ACCOUNT } from '../stack/test-config';
import type { Asked } from './access';

/** Regions to which AWS routes requests of a geographic profile, each of which is asked about. */
const DESTINATIONS: Readonly<Record<string, readonly string[]>> = { us: ['us-east-1', 'us-east-2', 'us-west-2'] };

/** What a call to Bedrock asks IAM for: the profile, and each model that is behind it, by way of the profile. */
export function bedrockAsks(request: SimRequest, region: string): Asked[] {
  const id = modelOf(request);
  if (request.path.endsWith('/count-tokens')) return [{ action: 'bedrock:CountTokens', resource: model(region, id) }];
  const [, scope = '', bare = ''] = /^([a-z-]+)\.(anthropic\..+)$/.exec(id) ?? [];
  return actionsOf(request.path).flatMap((action) => throughProfile(action, id, scope, bare, region));
}

/** Of the native Messages API, AWS's pages name both actions, and do not say which is asked for when: a role needs both. */
const actionsOf = (path: string): string[] =>
  path.startsWith('/anthropic/')
    ? ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream']
    : [path.endsWith('-stream') ? 'bedrock:InvokeModelWithResponseStream' : 'bedrock:InvokeModel'];

function throughProfile(action: string, id: string, scope: string, bare: string, region: string): Asked[] {
  const profile = `arn:aws:bedrock:${region}:${ACCOUNT}:inference-profile/${id}`;
  const through = (at: string, requested: string): Asked => ({
    action,
    resource: model(at, bare),
    context: { 'bedrock:InferenceProfileArn': profile, 'aws:RequestedRegion': requested },
  });
  const behind =
    scope === 'global'
      ? [through(region, region), through('', 'unspecified')]
      : (DESTINATIONS[scope] ?? []).map((destination) => through(destination, destination));
  if (behind.length === 0) throw new Error(`no rule says what the model ${id} asks IAM for`);
  return [{ action, resource: profile }, ...behind];
}

const model = (region: string, id: string): string => `arn:aws:bedrock:${region}::foundation-model/${id}`;

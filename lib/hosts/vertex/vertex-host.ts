import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { VertexHostProps } from './vertex-host-props';
import { audience } from './vertex-names';
import { checkForm, hostBase } from '../host-base';
import type { BindHost } from '../host-binding';
import type { HostSettings } from '../host-options';
import { googlePlace } from '../../catalog/places';
import { vertexRegionProblem } from '../../catalog/vertex-regions';
import { VERTEX_FORMS } from './vertex-forms';

const CHECKED = ['projectId', 'projectNumber', 'location', 'poolId', 'providerId', 'serviceAccount'] as const;

export const vertexHostName = ({ location = 'global' }: VertexHostProps): string =>
  location === 'global' ? 'vertex' : `vertex-${location}`;

/** What every host on Vertex AI is. The router's AWS role is the identity; both sides derive these names from the same values. */
export function googleBinding<Kind extends string>(scope: Construct, name: string, kind: Kind, props: GoogleHostProps) {
  const { projectId, location = 'global', serviceAccount } = props;
  for (const prop of CHECKED) {
    const value = props[prop];
    if (value !== undefined) checkForm(scope, name, prop, value, ...VERTEX_FORMS[prop]);
  }
  return {
    config: {
      ...hostBase(scope, name, props),
      kind,
      project: projectId,
      location,
      federation: { audience: audience(props), serviceAccount },
    },
    failureDomains: ['google'],
    places: [googlePlace(location)],
    // Google asks AWS who the role is; that call needs no permission.
    keys: [],
  };
}
type GoogleHostProps = HostSettings & Pick<VertexHostProps, (typeof CHECKED)[number]>;

export const vertexHost =
  (props: VertexHostProps) =>
  (name: string): BindHost =>
  (scope) => {
    const { location = 'global', modelIds } = props;
    return {
      ...googleBinding(scope, name, 'vertex', props),
      modelsProblem: (models) =>
        Token.isUnresolved(location) ? undefined : vertexRegionProblem({ location, modelIds }, models),
    };
  };

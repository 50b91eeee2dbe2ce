import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { VertexHostProps } from './vertex-host-props';
import { audience } from './vertex-names';
import { checkForm, hostBase } from '../host-base';
import type { BindHost } from '../host-binding';
import { googlePlace } from '../../catalog/places';
import { vertexRegionProblem } from '../../catalog/vertex-regions';
import { VERTEX_FORMS } from './vertex-forms';

const CHECKED = ['projectId', 'projectNumber', 'location', 'poolId', 'providerId', 'serviceAccount'] as const;

export const vertexHostName = ({ location = 'global' }: VertexHostProps): string =>
  location === 'global' ? 'vertex' : `vertex-${location}`;

/** The router's AWS role is the identity; both sides derive these names from the same values. */
export const vertexHost =
  (props: VertexHostProps) =>
  (name: string): BindHost =>
  (scope) => {
    const { projectId, location = 'global', serviceAccount } = props;
    checkVertexForms(scope, name, props);
    return {
      config: {
        ...hostBase(scope, name, props),
        kind: 'vertex',
        project: projectId,
        location,
        federation: { audience: audience(props), serviceAccount },
      },
      failureDomains: ['google'],
      places: [googlePlace(location)],
      keys: [],
      modelsProblem: (models) =>
        Token.isUnresolved(location) ? undefined : vertexRegionProblem({ location, modelIds: props.modelIds }, models),
      // Google asks AWS who the role is; that call needs no permission.
    };
  };

export function checkVertexForms(
  scope: Construct,
  name: string,
  props: Pick<VertexHostProps, (typeof CHECKED)[number]>,
): void {
  for (const prop of CHECKED) {
    const value = props[prop];
    if (value !== undefined) checkForm(scope, name, prop, value, ...VERTEX_FORMS[prop]);
  }
}

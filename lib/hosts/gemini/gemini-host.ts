import { googlePlace } from '../../catalog/places';
import { hostBase } from '../host-base';
import type { BindHost } from '../host-binding';
import { checkVertexForms } from '../vertex/vertex-host';
import { audience } from '../vertex/vertex-names';
import type { GeminiHostProps } from './gemini-host-props';

export const geminiHostName = ({ location = 'global' }: GeminiHostProps): string =>
  location === 'global' ? 'gemini' : `gemini-${location}`;

/** By the same role, pool and provider as Claude on Vertex AI: what Google has granted is to predict, whatever the model. */
export const geminiHost =
  (props: GeminiHostProps) =>
  (name: string): BindHost =>
  (scope) => {
    const { projectId, location = 'global', serviceAccount } = props;
    checkVertexForms(scope, name, props);
    return {
      config: {
        ...hostBase(scope, name, props),
        kind: 'vertex-gemini',
        project: projectId,
        location,
        federation: { audience: audience(props), serviceAccount },
      },
      failureDomains: ['google'],
      places: [googlePlace(location)],
      keys: [],
    };
  };

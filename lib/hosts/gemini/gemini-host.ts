import type { BindHost } from '../host-binding';
import { checkPrices } from '../other-host-base';
import { googleBinding } from '../vertex/vertex-host';
import type { GeminiHostProps } from './gemini-host-props';

export const geminiHostName = ({ location = 'global' }: GeminiHostProps): string =>
  location === 'global' ? 'gemini' : `gemini-${location}`;

/** By the same role, pool and provider as Claude on Vertex AI: what Google has granted is to predict, whatever the model. */
export const geminiHost =
  (props: GeminiHostProps) =>
  (name: string): BindHost =>
  (scope) => {
    const { config, ...binding } = googleBinding(scope, name, 'vertex-gemini', props);
    return { ...binding, config: { ...config, prices: checkPrices(scope, name, props) } };
  };

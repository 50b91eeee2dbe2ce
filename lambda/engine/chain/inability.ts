import type { Link, Plan } from './plan';

/** Why a host must not be sent this request: it would have to reject it. */
export function inability({ host, model }: Link, { bytes, features }: Plan): string | undefined {
  if (host.modelId(model) === undefined) return 'no-such-model';
  if (bytes.length > host.maxBodyBytes) return 'too-large';
  const lacking = features.find((feature) => host.lacks(feature, model));
  return lacking === undefined ? undefined : `lacks-${lacking}`;
}

import type { Link, Plan } from './plan';

/** Why a host cannot be sent this request: it has no way to serve it, or would serve something else without a word. */
export function inability({ host, model, isHostsOwnId }: Link, { bytes, features }: Plan): string | undefined {
  if (!isHostsOwnId && host.modelId(model) === undefined) return 'no-such-model';
  if (bytes.length > host.maxBodyBytes) return 'too-large';
  const lost = features.find((feature) => host.loses(feature, model));
  return lost === undefined ? undefined : `lacks-${lost}`;
}

/** What of a request a host is not known to serve: it comes last, because what is known may be out of date. */
export function lacking({ host, model }: Link, { features }: Plan): string | undefined {
  return features.find((feature) => host.lacks(feature, model));
}

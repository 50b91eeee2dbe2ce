import type { HostConfig } from './index';
import type { KeySource } from './host-config';

/** Every secret that a host's configuration names, with its place there. */
export function keySources(host: HostConfig): readonly (readonly [place: string, source: KeySource])[] {
  const keys = ('keys' in host && host.keys) || [];
  const headers = host.kind === 'messages' ? Object.entries(host.headers ?? {}) : [];
  const entra = host.kind === 'azure-openai' && host.entra ? [host.entra.secret] : [];
  return [
    ...keys.map((key, index) => [`keys[${index}]`, key] as const),
    ...headers.map(([name, secret]) => [`headers.${name}`, secret] as const),
    ...entra.map((secret) => ['entra.secret', secret] as const),
  ];
}

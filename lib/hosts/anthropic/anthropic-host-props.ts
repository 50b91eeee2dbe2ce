import type { HostOptions } from '../host-options';
import type { IProviderKey } from '../provider-key';

/** Anthropic's own API. */
export interface AnthropicHostProps extends HostOptions {
  /** Its keys. With several, one that is rate limited or refused is set aside for the next, before the next host is taken. */
  readonly keys: IProviderKey[];
}

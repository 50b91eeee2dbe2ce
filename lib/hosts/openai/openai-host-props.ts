import type { OtherHostOptions } from '../host-options';
import type { IProviderKey } from '../provider-key';

/** OpenAI's own API. */
export interface OpenaiHostProps extends OtherHostOptions {
  /** Its keys. With several, one that is rate limited or refused is set aside for the next, before the next host is taken. */
  readonly keys: IProviderKey[];
}

/** A server that speaks OpenAI's Chat Completions. */
export interface OpenaiCompatibleHostProps extends OtherHostOptions {
  /** What `/chat/completions` is added to, such as `https://api.mistral.ai/v1`. */
  readonly baseUrl: string;
  /**
   * Its keys, sent as `authorization: Bearer`.
   * @default - none, which only a server of your own takes
   */
  readonly keys?: IProviderKey[];
}

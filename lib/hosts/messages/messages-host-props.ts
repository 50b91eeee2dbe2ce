import type { OtherHostOptions } from '../host-options';
import type { IProviderKey } from '../provider-key';
import type { MessagesAuth } from './messages-auth';

/** A server that speaks Anthropic Messages: vLLM, Ollama, OpenRouter, LiteLLM, another gateway such as this. */
export interface MessagesHostProps extends OtherHostOptions {
  /** What `/v1/messages` is added to. Plain http only to private networks. */
  readonly baseUrl: string;
  /** How it knows who asks. */
  readonly auth: MessagesAuth;
  /**
   * Further headers, each with a secret, such as `cf-aig-authorization`.
   * @default - none
   */
  readonly headers?: { [name: string]: IProviderKey };
  /**
   * Features that it lacks, such as `structured_outputs` or `web_search`: requests that need one pass it by. An empty list is a
   * server that leads to Claude itself, and gets requests as they came.
   * @default - everything beyond plain messages
   */
  readonly lacks?: string[];
  /**
   * Ids there by model, for a server that leads to Claude and stands in a `chain`.
   * @default - what a last resort names
   */
  readonly modelIds?: { [model: string]: string };
}

import type { Construct } from 'constructs';
import type { ModelCatalog } from '../catalog/resolve';
import { anthropicHost } from './anthropic/anthropic-host';
import type { AnthropicHostProps } from './anthropic/anthropic-host-props';
import { azureOpenaiHost } from './azure-openai/azure-openai-host';
import type { AzureOpenaiHostProps } from './azure-openai/azure-openai-host-props';
import { bedrockModelHost, bedrockModelHostName } from './bedrock-models/bedrock-model-host';
import type { BedrockModelHostProps } from './bedrock-models/bedrock-model-host-props';
import { bedrockHost, bedrockHostName } from './bedrock/bedrock-host';
import type { BedrockHostProps } from './bedrock/bedrock-host-props';
import { claudePlatformAwsHost } from './claude-platform-aws/claude-platform-aws-host';
import type { ClaudePlatformAwsHostProps } from './claude-platform-aws/claude-platform-aws-host-props';
import { foundryHost } from './foundry/foundry-host';
import type { FoundryHostProps } from './foundry/foundry-host-props';
import { geminiHost, geminiHostName } from './gemini/gemini-host';
import type { GeminiHostProps } from './gemini/gemini-host-props';
import type { BindHost, HostBinding } from './host-binding';
import type { HostOptions, HostSettings } from './host-options';
import { messagesHost } from './messages/messages-host';
import type { MessagesHostProps } from './messages/messages-host-props';
import { openaiCompatibleHost, openaiCompatibleName, openaiHost } from './openai/openai-host';
import type { OpenaiCompatibleHostProps, OpenaiHostProps } from './openai/openai-host-props';
import { vertexHost, vertexHostName } from './vertex/vertex-host';
import type { VertexHostProps } from './vertex/vertex-host-props';

export * from './anthropic/anthropic-host-props';
export * from './azure-openai/azure-openai-host-props';
export * from './bedrock-models/bedrock-model-host-props';
export * from './bedrock/bedrock-host-props';
export * from './bedrock/bedrock-inference-profile';
export * from './bedrock/bedrock-profile';
export * from './claude-platform-aws/claude-platform-aws-host-props';
export * from './foundry/foundry-host-props';
export * from './gemini/gemini-host-props';
export * from './messages/messages-auth';
export * from './messages/messages-host-props';
export * from './openai/openai-host-props';
export * from './vertex/vertex-host-props';

/**
 * A place that serves models under one credential, location and quota pool. Hosts of Claude in order make a chain; hosts of other
 * models are a last resort.
 */
export class Host {
  /** Anthropic's own API, `api.anthropic.com`. */
  public static anthropic(props: AnthropicHostProps): Host {
    return new Host(props.name ?? 'anthropic', props, anthropicHost(props));
  }

  /** Amazon Bedrock in one source region, through one inference profile: each pair has a quota of its own. */
  public static bedrock(props: BedrockHostProps = {}): Host {
    return new Host(props.name ?? bedrockHostName(props), props, bedrockHost(props));
  }

  /** Google Vertex AI, with the router's AWS role as identity: no Google key is stored. */
  public static vertex(props: VertexHostProps): Host {
    return new Host(props.name ?? vertexHostName(props), props, vertexHost(props));
  }

  /** Microsoft Foundry. */
  public static foundry(props: FoundryHostProps): Host {
    return new Host(props.name ?? 'foundry', props, foundryHost(props));
  }

  /** Claude Platform on AWS: run by Anthropic, so it fails together with `Host.anthropic()`. */
  public static claudePlatformAws(props: ClaudePlatformAwsHostProps): Host {
    return new Host(props.name ?? 'claude-platform-aws', props, claudePlatformAwsHost(props));
  }

  /** GPT at OpenAI, for a last resort. */
  public static openai(props: OpenaiHostProps): Host {
    return new Host(props.name ?? 'openai', props, openaiHost(props));
  }

  /** GPT on Azure OpenAI or Microsoft Foundry, for a last resort. */
  public static azureOpenai(props: AzureOpenaiHostProps): Host {
    return new Host(props.name ?? 'azure-openai', props, azureOpenaiHost(props));
  }

  /** Gemini on Google Vertex AI, for a last resort. Its models have ids such as `google/gemini-…`. */
  public static gemini(props: GeminiHostProps): Host {
    return new Host(props.name ?? geminiHostName(props), props, geminiHost(props));
  }

  /** Llama, Mistral, Nova, Qwen or GPT-OSS on Amazon Bedrock, for a last resort. */
  public static bedrockModel(props: BedrockModelHostProps = {}): Host {
    return new Host(props.name ?? bedrockModelHostName(props), props, bedrockModelHost(props));
  }

  /** A server that speaks Anthropic Messages, for a last resort, or for a chain where it leads to Claude. */
  public static messages(props: MessagesHostProps): Host {
    return new Host(props.name ?? 'messages', props, messagesHost(props));
  }

  /** A server that speaks OpenAI's Chat Completions, such as Mistral's or one of your own, for a last resort. */
  public static openaiCompatible(props: OpenaiCompatibleHostProps): Host {
    return new Host(props.name ?? openaiCompatibleName(props), props, openaiCompatibleHost(props));
  }

  /** @internal */
  public readonly _modelIds: { readonly [model: string]: string };

  private constructor(
    /** Its name in chains, headers, logs and metrics. */
    public readonly name: string,
    { modelIds = {} }: HostSettings & Pick<HostOptions, 'modelIds'>,
    private readonly bind: (name: string) => BindHost,
  ) {
    this._modelIds = modelIds;
  }

  /**
   * Checks the host and says what the router needs to call it.
   * @internal
   */
  public _bind(
    scope: Construct,
    models: ModelCatalog,
    clients?: readonly string[],
    others?: readonly string[],
  ): HostBinding {
    return this.bind(this.name)(scope, models, clients, others);
  }
}

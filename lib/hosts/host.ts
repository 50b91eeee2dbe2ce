import type { Construct } from 'constructs';
import type { ModelCatalog } from '../catalog/resolve';
import { anthropicHost } from './anthropic/anthropic-host';
import type { AnthropicHostProps } from './anthropic/anthropic-host-props';
import { bedrockHost, bedrockHostName } from './bedrock/bedrock-host';
import type { BedrockHostProps } from './bedrock/bedrock-host-props';
import { claudePlatformAwsHost } from './claude-platform-aws/claude-platform-aws-host';
import type { ClaudePlatformAwsHostProps } from './claude-platform-aws/claude-platform-aws-host-props';
import { foundryHost } from './foundry/foundry-host';
import type { FoundryHostProps } from './foundry/foundry-host-props';
import type { BindHost, HostBinding } from './host-binding';
import type { HostOptions } from './host-options';
import { vertexHost, vertexHostName } from './vertex/vertex-host';
import type { VertexHostProps } from './vertex/vertex-host-props';

export * from './anthropic/anthropic-host-props';
export * from './bedrock/bedrock-host-props';
export * from './bedrock/bedrock-inference-profile';
export * from './bedrock/bedrock-profile';
export * from './claude-platform-aws/claude-platform-aws-host-props';
export * from './foundry/foundry-host-props';
export * from './vertex/vertex-host-props';

/** A place that serves Claude under one credential, location and quota pool. Hosts in order make a chain. */
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

  /** @internal */
  public readonly _modelIds: { readonly [model: string]: string };

  private constructor(
    /** Its name in chains, headers, logs and metrics. */
    public readonly name: string,
    options: HostOptions,
    private readonly bind: (name: string) => BindHost,
  ) {
    this._modelIds = options.modelIds ?? {};
  }

  /**
   * Checks the host and says what the router needs to call it.
   * @internal
   */
  public _bind(scope: Construct, models: ModelCatalog, clients?: readonly string[]): HostBinding {
    return this.bind(this.name)(scope, models, clients);
  }
}

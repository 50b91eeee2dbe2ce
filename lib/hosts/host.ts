import type { Construct } from 'constructs';
import type {
  AnthropicHostProps,
  BedrockHostProps,
  ClaudePlatformAwsHostProps,
  FoundryHostProps,
  HostOptions,
  VertexHostProps,
} from './host-props';
import type { ModelCatalog } from '../catalog/resolve';
import { anthropicHost } from './anthropic/anthropic-host';
import { bedrockHost, bedrockHostName } from './bedrock/bedrock-host';
import { claudePlatformAwsHost } from './claude-platform-aws/claude-platform-aws-host';
import { foundryHost } from './foundry/foundry-host';
import { vertexHost } from './vertex/vertex-host';
import type { BindHost, HostBinding } from './host-binding';

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
    const { location = 'global' } = props;
    const name = location === 'global' ? 'vertex' : `vertex-${location}`;
    return new Host(props.name ?? name, props, vertexHost(props));
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
  public _bind(scope: Construct, models: ModelCatalog): HostBinding {
    return this.bind(this.name)(scope, models);
  }
}

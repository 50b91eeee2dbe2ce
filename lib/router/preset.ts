import { BedrockProfile } from '../hosts/bedrock/bedrock-profile';
import { Host } from '../hosts/host';
import type { FoundryHostProps } from '../hosts/foundry/foundry-host-props';
import type { VertexHostProps } from '../hosts/vertex/vertex-host-props';
import { geographicProfile } from '../catalog/bedrock-geography';
import type { IProviderKey } from '../hosts/provider-key';

/** Properties of `ChainPreset.awsNative()`. */
export interface AwsNativeChainProps {
  /** Source regions in order, two or more, such as `us-east-1` and `us-west-2`. */
  readonly regions: string[];
}

/** Properties of `ChainPreset.multiCloud()`. */
export interface MultiCloudChainProps {
  /** Keys of Anthropic's API. */
  readonly anthropicKeys: IProviderKey[];
  /** Bedrock source regions in order: the first is called through the global profile, the others through their geography's. */
  readonly regions: string[];
  /** The Google Cloud project. */
  readonly vertex: VertexHostProps;
}

/** Properties of `ChainPreset.costOptimised()`. */
export interface CostOptimisedChainProps {
  /** Keys of Anthropic's API. */
  readonly anthropicKeys: IProviderKey[];
  /** Bedrock source regions in order. */
  readonly regions: string[];
}

/** Properties of `ChainPreset.sydney()`. */
export interface SydneyChainProps {
  /**
   * Keys of Anthropic's API, which is then the last host. It serves from anywhere.
   * @default - no such host
   */
  readonly anthropicKeys?: IProviderKey[];
  /**
   * Only hosts that keep requests in Australia, for `Residency.AU`.
   * @default false
   */
  readonly onlyAustralia?: boolean;
}

/** Properties of `ChainPreset.crossCloud()`. */
export interface CrossCloudChainProps {
  /** Bedrock source regions in order: the first is called through the global profile, the others through their geography's. */
  readonly regions: string[];
  /** Claude on Microsoft Foundry. Hosted by Azure it fails with Azure alone; hosted by Anthropic, with Anthropic too. */
  readonly foundry: FoundryHostProps;
  /** The Google Cloud project. */
  readonly vertex: VertexHostProps;
}

/** Properties of `ChainPreset.pragmatic()`. */
export interface PragmaticChainProps {
  /** Bedrock source regions in order: the first is called through the global profile, the others through their geography's. */
  readonly regions: string[];
  /** Keys of Anthropic's API. */
  readonly anthropicKeys: IProviderKey[];
}

/** The chains of published practice, each a list of hosts to use as it is or to change. */
export class ChainPreset {
  /**
   * Bedrock alone: no key to keep. The global profile and the geographic ones have quotas of their own, in every source region,
   * so that each host is another pool.
   */
  public static awsNative(props: AwsNativeChainProps): Host[] {
    const [first, ...others] = props.regions;
    return first === undefined ? [] : [globally(first), ...inGeography(first), ...others.flatMap(nearby)];
  }

  /** Three vendors: Anthropic, then Bedrock, then Vertex AI. No single outage takes it down. */
  public static multiCloud(props: MultiCloudChainProps): Host[] {
    return [Host.anthropic({ keys: props.anthropicKeys }), ...bedrockIn(props.regions), Host.vertex(props.vertex)];
  }

  /** The three big clouds: Bedrock, then Azure, then Vertex AI. No contract with Anthropic is needed. */
  public static crossCloud(props: CrossCloudChainProps): Host[] {
    return [...bedrockIn(props.regions), Host.foundry(props.foundry), Host.vertex(props.vertex)];
  }

  /** The least that outlives an outage of either: Bedrock, then Anthropic's own API, with one key and no second cloud. */
  public static pragmatic(props: PragmaticChainProps): Host[] {
    return [...bedrockIn(props.regions), Host.anthropic({ keys: props.anthropicKeys })];
  }

  /**
   * The list price everywhere: Anthropic, then Bedrock through global profiles only, because the geographic ones cost about
   * 10 % more. First the host whose prompt caches are warm.
   */
  public static costOptimised(props: CostOptimisedChainProps): Host[] {
    return [Host.anthropic({ keys: props.anthropicKeys }), ...props.regions.map(globally)];
  }

  /**
   * For clients in Australia: Sydney and Melbourne through the Australian profile, then Sydney through the global one,
   * then Anthropic where there are keys.
   */
  public static sydney(props: SydneyChainProps = {}): Host[] {
    const local = ['ap-southeast-2', 'ap-southeast-4'].flatMap(inGeography);
    if (props.onlyAustralia) return local;
    const { anthropicKeys: keys } = props;
    return [...local, globally('ap-southeast-2'), ...(keys === undefined ? [] : [Host.anthropic({ keys })])];
  }
}

function bedrockIn([first, ...others]: readonly string[]): Host[] {
  return first === undefined ? [] : [globally(first), ...others.flatMap(nearby)];
}

const globally = (region: string): Host => Host.bedrock({ region, profile: BedrockProfile.GLOBAL });

function inGeography(region: string): Host[] {
  const profile = geographicProfile(region);
  return profile === undefined ? [] : [Host.bedrock({ region, profile: GEOGRAPHIC[profile] })];
}

/** A region without a geography of its own still has the global profile. */
function nearby(region: string): Host[] {
  const hosts = inGeography(region);
  return hosts.length > 0 ? hosts : [globally(region)];
}

const GEOGRAPHIC = {
  us: BedrockProfile.US,
  eu: BedrockProfile.EU,
  jp: BedrockProfile.JP,
  au: BedrockProfile.AU,
} as const;

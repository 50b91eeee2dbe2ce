import type { BedrockHostConfig, RouterConfig, StackDescription } from '../../lib/contract';
import { resolveModels, type ModelCatalog } from '../../lib/catalog/resolve';

/** A stack in AWS, by what is deployed there and not by what a file says. */
export interface Deployed {
  readonly stack: StackDescription;
  readonly status: string;
  readonly config: RouterConfig;
  /** Of the router's code. */
  readonly codeSha256: string | undefined;
  /** The dimension of its metrics. @default - only its alarms tell */
  readonly service?: string | undefined;
}

/** A model on a Bedrock host of the configuration. */
export interface BedrockModel {
  readonly host: BedrockHostConfig;
  readonly model: string;
  /** Id there: of a system profile, or the ARN of an application profile. */
  readonly id: string;
}

export function bedrockModels(config: RouterConfig): BedrockModel[] {
  const catalog: ModelCatalog = resolveModels(config.models);
  return config.hosts.flatMap((host) =>
    host.kind !== 'bedrock'
      ? []
      : catalog.models.flatMap(({ id: model }) => {
          const id = catalog.on(model, host);
          return id === undefined ? [] : [{ host, model, id }];
        }),
  );
}

/** The foundation model behind a system profile's id, or undefined for an application profile. */
export const foundationModel = (profileId: string): string | undefined =>
  /^[a-z-]+\.(anthropic\..+)$/.exec(profileId)?.[1];

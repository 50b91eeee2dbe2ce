import { App, Testing } from 'cdktf';
import { vertexAccess } from '../../../bin/vertex-access';
import { VertexAccessStack, type VertexAccessProps } from '../../../lib/cdktf';
import type { FailoverConfig } from '../../../bin/failover-config';
import { STACK_NAME } from '../../../lib/hosts/vertex/vertex-names';

export type Resource = Readonly<Record<string, unknown>>;
export interface TerraformJson {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Resource>>>>;
  readonly provider: unknown;
  readonly terraform: unknown;
}

/** The JSON that Terraform gets, without CDKTF's remarks in it. */
export function terraformJson(config: FailoverConfig, change: Partial<VertexAccessProps> = {}): TerraformJson {
  const stack = new VertexAccessStack(new App({ skipValidation: true }), config.stackName ?? STACK_NAME, {
    ...vertexAccess(config),
    ...change,
  });
  return JSON.parse(Testing.synth(stack, true), (key, value: unknown) =>
    key === '//' ? undefined : value,
  ) as TerraformJson;
}

export const resources = ({ resource }: TerraformJson, type: string): Resource[] => Object.values(resource[type] ?? {});

/** The one of its type. */
export function only(json: TerraformJson, type: string): Resource {
  const [found, ...others] = resources(json, type);
  if (found === undefined || others.length > 0) throw new Error(`not one ${type}`);
  return found;
}

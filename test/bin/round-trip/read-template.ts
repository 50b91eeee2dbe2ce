import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';

export interface Resource {
  readonly id: string;
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

/** Resources in the order in which the template has them. */
export function resourcesOf(stack: Stack): (type: string) => Resource[] {
  const { Resources } = Template.fromStack(stack).toJSON() as {
    readonly Resources: Record<string, Omit<Resource, 'id'>>;
  };
  const all = Object.entries(Resources).map(([id, resource]) => ({ id, ...resource }));
  return (type) => all.filter(({ Type }) => Type === type);
}

/** What CloudFormation makes of a text; what it fills in itself stands there by the logical id it belongs to. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const {
    Ref,
    'Fn::GetAtt': attribute,
    'Fn::Join': join,
  } = value as {
    readonly Ref?: string;
    readonly 'Fn::GetAtt'?: readonly string[];
    readonly 'Fn::Join'?: readonly [string, readonly unknown[]];
  };
  if (join) return join[1].map(textOf).join(join[0]);
  const id = Ref ?? attribute?.[0];
  if (id === undefined) throw new Error(`not a text: ${JSON.stringify(value)}`);
  return id;
}

/** The one variable of that name among all functions, if there is one. */
export function variable(functions: readonly Resource[], name: string): unknown {
  const found = functions.flatMap(({ Properties }) => {
    const { Variables = {} } = (Properties['Environment'] ?? {}) as { readonly Variables?: Record<string, unknown> };
    return name in Variables ? [Variables[name]] : [];
  });
  return found[0];
}

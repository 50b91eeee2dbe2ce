import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import fc from 'fast-check';
import { ValidationError } from '../../../lib/validation-error';
import { type Prop, publicStructs } from './public-structs';
import { newApp, newStack, type Root, ROOTS } from './roots';
import { type WrongValues, wrongValues } from './wrong-values';

const STRUCTS = publicStructs(join(__dirname, '../../../lib/index.ts'));
const structIn = (type: string): string | undefined => {
  const name = type.replace(/\[\]$/, '');
  return STRUCTS.has(name) ? name : undefined;
};

type Path = readonly (string | number)[];
interface Place {
  readonly path: Path;
  readonly values: WrongValues;
}

/** Every property that can be reached from a struct, with those of the structs in it. */
function places(props: readonly Prop[], skip: readonly string[] = [], above: Path = []): Place[] {
  return props
    .filter(({ name }) => !skip.includes(name))
    .flatMap(({ name, type }) => {
      const path = [...above, name];
      const values = wrongValues(type);
      const struct = structIn(type);
      const inner =
        struct === undefined ? [] : places(STRUCTS.get(struct)!, [], type.endsWith('[]') ? [...path, 0] : path);
      return [...(values === undefined ? [] : [{ path, values }]), ...inner];
    });
}

/** The same props with another value at one place. */
function withValue(props: unknown, [step, ...rest]: Path, value: unknown): unknown {
  if (step === undefined) return value;
  const inner = withValue((props as Record<string | number, unknown> | undefined)?.[step], rest, value);
  return typeof step === 'number' ? [inner] : { ...(props as object | undefined), [step]: inner };
}

/** What came of it, where it was neither taken nor refused by an error of ours. */
function strangeError(app: App, { base, make }: Root, path: Path, value: unknown): string | undefined {
  const stack = newStack(app);
  try {
    make(stack, withValue(base(stack), path, value) as never);
    return undefined;
  } catch (error) {
    const isOurs = error instanceof ValidationError && error.message.includes('at construct path "Stack');
    return isOurs ? undefined : `${path.join('.')} = ${JSON.stringify(value)}: ${String(error)}`;
  }
}

const swept = Object.entries(ROOTS).map(([name, root]) => ({
  name,
  root,
  all: places(STRUCTS.get(name) ?? [], root.skip),
}));

it('reaches every struct that users can write', () => {
  const reached = (name: string): string[] => [
    name,
    ...STRUCTS.get(name)!
      .flatMap(({ type }) => structIn(type) ?? [])
      .flatMap(reached),
  ];
  const missing = new Set(STRUCTS.keys()).difference(new Set(Object.keys(ROOTS).flatMap(reached)));
  // A base that others extend is swept with each of them.
  expect([...missing].sort()).toEqual([
    'AccountLoggingProps',
    'HostOptions',
    'HostSettings',
    'OtherHostOptions',
    // What is wrong with two regions has a table of its own: region-pair.test.ts.
    'RegionPairProps',
    'RegionalGatewaysProps',
  ]);
});

it.each(swept)('$name: a wrong value is taken, or refused by an error with its construct path', ({ root, all }) => {
  const strange: string[] = [];
  for (const { path, values } of all) {
    const app = newApp(root);
    fc.assert(
      fc.property(values.random, (value) => {
        const error = strangeError(app, root, path, value);
        if (error !== undefined) strange.push(error);
      }),
      { examples: values.edges.map((value): [unknown] => [value]), numRuns: values.edges.length + 1 },
    );
  }
  expect(strange).toEqual([]);
});

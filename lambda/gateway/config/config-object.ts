import * as v from 'valibot';
import { CONFIG_VALUE, ENV } from '../../../lib/contract';
import { readObject } from '../../aws/objects';
import { readParameter } from '../../aws/parameters';
import type { Env } from '../../runtime/require-env';

const hole = v.strictObject({ [CONFIG_VALUE]: v.number() });
const values = v.array(v.unknown());

/** A large configuration: an object with holes, and parameters with what fills them, which nobody knew before the deployment. */
export async function readConfigObject(place: string, env: Env): Promise<string> {
  const names = env[ENV.CONFIG_VALUES]?.split(',') ?? [];
  const [text, ...lists] = await Promise.all([
    readObject(place, env),
    ...names.map((name) => readParameter(name, env)),
  ]);
  const known = lists.flatMap((list) => v.parse(values, JSON.parse(list)));
  return JSON.stringify(
    JSON.parse(text, (_, value: unknown) => (v.is(hole, value) ? known[value[CONFIG_VALUE]!] : value)),
  );
}

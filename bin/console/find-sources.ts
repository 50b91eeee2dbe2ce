import { errorText } from '../../lambda/runtime/error-text';
import type { Source } from '../../console/source';
import { findStack, type FoundStack } from '../cli/find-stack';
import { awsSource } from './aws-source';

export interface Wanted {
  readonly stack: readonly string[];
  readonly region?: string;
}

/** The gateways that were named, each with the other one of its pair. */
export async function findSources({ stack: names, region }: Wanted): Promise<Source[]> {
  const found = new Map<string, FoundStack>();
  const add = (each: FoundStack): void => void found.set(`${each.name} in ${each.stack.region}`, each);
  try {
    for (const stack of names) {
      if (/^https?:/.test(stack)) throw new Error(`${stack} shows its own console: open that address`);
      const own = await findStack({ stack, ...(region !== undefined && { region }) });
      add(own);
      const { pair } = own.stack;
      if (pair) add(await findStack({ stack: pair.other.stack, region: pair.other.region }));
    }
    return await Promise.all([...found.values()].map((each) => awsSource(each, found.size)));
  } catch (error) {
    throw told(error, region ?? 'the region of your profile');
  }
}

/** AWS's clients say who they are before what is the matter. */
function told(error: unknown, region: string): unknown {
  const { name, message } = error instanceof Error ? error : { name: '', message: '' };
  if (/credential|token|signature/i.test(`${name} ${message}`)) {
    return new Error(
      `AWS does not take your credentials (${name}: ${errorText(error)}): sign in, or name a profile with AWS_PROFILE; ` +
        '`aws sts get-caller-identity` has to work',
    );
  }
  if (/access ?denied|not authorized/i.test(`${name} ${message}`)) {
    return new Error(
      `your credentials may not look at this (${errorText(error)}): docs/console-read-policy.json has what is needed`,
    );
  }
  if (/^Stack .* does not exist$/.test(message))
    return new Error(`${message} in ${region}: name the stack with --stack, and where it is with --region`);
  return error;
}

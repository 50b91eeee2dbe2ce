import { createHash } from 'node:crypto';
import { errorText } from '../../runtime/error-text';

/** Where the values of gateway keys are. */
export interface KeyPlaces {
  /** Ids of keys of API Gateway. */
  readonly apiKeyIds: readonly string[];
  /** Secrets whose whole text is the value. */
  readonly secretArns: readonly string[];
}

type Read = (place: string) => Promise<string>;

/** SHA-256 of each value in hex, `Digest0` and so on: those of API Gateway first. It says nothing of a value that nobody can guess. */
export async function digestsOf(
  { apiKeyIds, secretArns }: KeyPlaces,
  read: { readonly apiKey: Read; readonly secret: Read },
): Promise<Record<string, string>> {
  const values = await Promise.all([
    ...apiKeyIds.map((id) => named(id, read.apiKey)),
    ...secretArns.map((arn) => named(arn, read.secret)),
  ]);
  return Object.fromEntries(values.map((value, index) => [`Digest${index}`, sha256(value)]));
}

async function named(place: string, read: Read): Promise<string> {
  try {
    return await read(place);
  } catch (error) {
    throw new Error(`${place}: ${errorText(error)}`, { cause: error });
  }
}

const sha256 = (value: string): string => createHash('sha256').update(value).digest('hex');

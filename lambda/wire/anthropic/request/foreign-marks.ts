import { isObject } from '../../../engine/json';

/*
 * By these a client's conversation shows what another model has given to it. They stand in the answers of last resorts, and come
 * back with the next request.
 */

/** Begins the signature of thinking that another model wrote: nobody has signed it, and no Claude takes it. */
export const FOREIGN_SIGNATURE = 'another-model';

const FOREIGN_ID = 'toolu_another_';

/** The id of another model's call, and what the model has signed the call with. */
const SIGNED_ID = new RegExp(`^(${FOREIGN_ID}[0-9a-z]+)_sig_([\\w-]+)$`);

/** Both are of letters and digits; the signature also of `-` and `_`. */
export function foreignId(name: string, signature: string | undefined): string {
  return FOREIGN_ID + name + (signature === undefined ? '' : `_sig_${signature}`);
}

/** Undefined for an id that carries no signature. */
export function splitId(id: unknown): { readonly id: string; readonly signature: string } | undefined {
  const [, own, signature] = (typeof id === 'string' && SIGNED_ID.exec(id)) || [];
  return own === undefined || signature === undefined ? undefined : { id: own, signature };
}

export function isForeignCall(block: unknown): boolean {
  if (!isObject(block) || block['type'] !== 'tool_use') return false;
  return typeof block['id'] === 'string' && block['id'].startsWith(FOREIGN_ID);
}

import { basename } from 'node:path';
import type { SimRequest } from '../requests/recorded-request';

const EXPIRY = { least: 3600, most: 7_776_000 };

export interface Upload {
  readonly filename: string;
  readonly mime_type: string;
  readonly bytes: Uint8Array;
  /** Seconds. */
  readonly expiresIn?: number;
}

/** The file in a form, or what is wrong with the form. */
export async function uploadOf({ headers, body }: SimRequest): Promise<Upload | string> {
  const type = headers['content-type'] ?? '';
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } })
    .formData()
    .catch(() => undefined);
  const file = form?.get('file');
  if (!(file instanceof File)) return 'file: Field required';
  const expiry = form?.get('expires_in_seconds') ?? undefined;
  const expiresIn = expiry === undefined ? undefined : Number(expiry);
  const wrong = expiresIn === undefined ? undefined : expiryComplaint(expiresIn);
  if (wrong) return `expires_in_seconds: ${wrong}`;
  return {
    filename: basename(file.name) || 'unnamed',
    mime_type: file.type || 'application/octet-stream',
    bytes: new Uint8Array(await file.arrayBuffer()),
    ...(expiresIn !== undefined && { expiresIn }),
  };
}

function expiryComplaint(seconds: number): string | undefined {
  if (!Number.isInteger(seconds)) return 'Input should be a valid integer';
  if (seconds < EXPIRY.least) return `Input should be greater than or equal to ${EXPIRY.least}`;
  return seconds > EXPIRY.most ? `Input should be less than or equal to ${EXPIRY.most}` : undefined;
}

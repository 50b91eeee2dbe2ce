import { createHash, randomBytes } from 'node:crypto';

/** What a client asks for its answer by: nobody guesses it, and nobody else is given what it stands for. */
export const newId = (): string => `async_${randomBytes(18).toString('base64url')}`;
export const isId = (text: string): boolean => /^async_[\w-]{24}$/.test(text);

/** Whose requests these are, in a form that any key of S3 and any group of SQS may have. */
export const folderOf = (client: string | undefined): string =>
  client === undefined ? 'anyone' : createHash('sha256').update(client).digest('hex').slice(0, 32);

/** Where a request and its answer are: in the folder of its client, so that a client finds its own only. */
export const placeOf = (client: string | undefined, id: string): string => `${folderOf(client)}/${id}`;

export const idOf = (place: string): string => place.slice(place.indexOf('/') + 1);

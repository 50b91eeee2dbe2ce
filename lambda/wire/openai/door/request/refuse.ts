import { InvalidRequest } from '../../../../engine/dialect';

export function refuse(field: string, what: string): never {
  throw new InvalidRequest(`${field}: ${what}`);
}

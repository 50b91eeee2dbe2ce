import type { KeySource } from '../../lib/contract';
import { HostError } from '../engine/host';
import { errorText } from '../runtime/error-text';

/** One host's keys. Ids name where a key is kept, and so may stand in logs; values never leave but by `read`. */
export interface KeyStore {
  readonly ids: readonly string[];
  /** The value at once when it is known. Fails with a HostError 'credential' for a key that cannot be used. */
  read(id: string | undefined): string | Promise<string>;
  /** Reads the key anew, past every cache; true when there is a different one. */
  refresh(id: string | undefined): Promise<boolean>;
}

/** What stands in a secret until the real key is put there. */
const PLACEHOLDER = /^(?:replace|change-?me|<.*>$|$)/i;

/** `prefix`: how every real key of the host begins. */
export function createKeyStore(
  hostName: string,
  sources: readonly KeySource[],
  env: Readonly<Record<string, string | undefined>>,
  prefix = '',
): KeyStore {
  const keys = new Map(sources.map((source) => [keyId(source), new Key(hostName, source, env, prefix)]));
  const first = keys.values().next().value;
  const find = (id: string | undefined): Key => {
    const key = id === undefined ? first : keys.get(id);
    if (key === undefined) throw new HostError('credential', `host ${hostName}: no key ${id ?? 'is configured'}`);
    return key;
  };
  return {
    ids: [...keys.keys()],
    read: (id) => find(id).read(),
    refresh: (id) => find(id).refresh(),
  };
}

/** `ANTHROPIC_API_KEY`, or `my-secret-AbCdEf#field`: unique, and without the account id of an ARN. */
function keyId(source: KeySource): string {
  if ('env' in source) return source.env;
  const name = source.secretArn.split(':secret:').at(-1) ?? source.secretArn;
  return source.field === undefined ? name : `${name}#${source.field}`;
}

class Key {
  #value: string | undefined;
  #loading: Promise<string> | undefined;
  readonly #where: string;

  constructor(
    private readonly hostName: string,
    private readonly source: KeySource,
    private readonly env: Readonly<Record<string, string | undefined>>,
    private readonly prefix: string,
  ) {
    this.#where = 'env' in source ? `environment variable ${source.env}` : `secret ${keyId(source)}`;
    if ('env' in source) this.#value = env[source.env]?.trim() ?? '';
  }

  read(): string | Promise<string> {
    if (this.#value !== undefined) return this.#usable(this.#value);
    this.#loading ??= this.#load(false).finally(() => (this.#loading = undefined));
    return this.#loading.then((value) => this.#usable(value));
  }

  async refresh(): Promise<boolean> {
    const before = this.#value;
    await this.#load(true).catch(() => undefined);
    return this.#value !== undefined && this.#value !== before;
  }

  async #load(fresh: boolean): Promise<string> {
    const value = 'env' in this.source ? (this.env[this.source.env] ?? '') : await this.#secret(this.source, fresh);
    const key = value.trim();
    // A placeholder is asked for again: the real key may be there by then.
    this.#value = PLACEHOLDER.test(key) ? undefined : key;
    return key;
  }

  async #secret(source: { readonly secretArn: string; readonly field?: string }, fresh: boolean): Promise<string> {
    let text: string;
    try {
      const { readSecret } = await import('../aws/secrets');
      text = await readSecret(source.secretArn, fresh, this.env);
    } catch (error) {
      throw this.#unusable(`cannot be read: ${errorText(error)}`);
    }
    return source.field === undefined ? text : this.#field(text, source.field);
  }

  #field(text: string, field: string): string {
    let secret: unknown;
    try {
      secret = JSON.parse(text);
    } catch {
      // The parser's own text would quote the secret.
      throw this.#unusable(`is not JSON, so it has no field "${field}"`);
    }
    const value = typeof secret === 'object' && secret !== null ? Object.entries(secret) : [];
    const found: unknown = value.find(([name]) => name === field)?.[1];
    if (typeof found !== 'string') throw this.#unusable(`has no text in its field "${field}"`);
    return found;
  }

  #usable(value: string): string {
    if (PLACEHOLDER.test(value)) throw this.#unusable('is still a placeholder; put the real key there');
    // Secrets Manager fills a secret without a value with a random one.
    if (!value.startsWith(this.prefix))
      throw this.#unusable(`does not begin with ${this.prefix}; put the real key there`);
    // Anything else cannot stand in a header, and Node's refusal would come as a fault of the request.
    if (!/^[\x21-\x7e]+$/.test(value)) throw this.#unusable('has characters that no key has; put the key there alone');
    return value;
  }

  #unusable(what: string): HostError {
    return new HostError('credential', `host ${this.hostName}: the key in ${this.#where} ${what}`);
  }
}

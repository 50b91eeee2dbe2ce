/** Objects as S3 keeps them, as far as requests that wait need them. */
export class SimulatedBucket {
  readonly #objects = new Map<string, Buffer>();

  get keys(): string[] {
    return [...this.#objects.keys()];
  }

  read(key: string): Buffer | undefined {
    return this.#objects.get(key);
  }

  /** As a lifecycle rule does. */
  delete(key: string): void {
    this.#objects.delete(key);
  }

  perform(method: string, key: string, headers: Record<string, unknown>, body: Buffer): BucketAnswer {
    const known = this.#objects.get(key);
    if (method === 'GET') return known === undefined ? NO_SUCH_KEY : read(known, headers['range']);
    if (method !== 'PUT') return { status: 405, body: error('MethodNotAllowed') };
    if (known !== undefined && headers['if-none-match'] === '*') return EXISTS;
    this.#objects.set(key, body);
    return { status: 200, body: '' };
  }
}

interface BucketAnswer {
  readonly status: number;
  readonly body: Buffer | string;
}

const error = (code: string): string => `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>`;
const NO_SUCH_KEY: BucketAnswer = { status: 404, body: error('NoSuchKey') };
const EXISTS: BucketAnswer = { status: 412, body: error('PreconditionFailed') };

function read(bytes: Buffer, range: unknown): BucketAnswer {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(typeof range === 'string' ? range : '') ?? [];
  if (from === undefined) return { status: 200, body: bytes };
  return { status: 206, body: bytes.subarray(Number(from), Number(to) + 1) };
}

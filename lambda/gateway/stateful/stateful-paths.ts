export interface StatefulPath {
  readonly form: RegExp;
  readonly methods: readonly string[];
  readonly endpoint: 'batches' | 'files';
  /** Its answers are batches, which name the address of their results. */
  readonly namesResults?: boolean;
}

/** Ids as Anthropic makes them: nothing that a path or a proxy could read otherwise. */
const ID = '[A-Za-z0-9_-]{1,128}';
const path = (text: string) => new RegExp(`^${text.replaceAll('{id}', ID)}$`);

/** Everything that lives in a workspace and may be asked for; what is not here is not passed on. */
const STATEFUL_PATHS: readonly StatefulPath[] = [
  { form: path('/v1/messages/batches'), methods: ['GET', 'POST'], endpoint: 'batches', namesResults: true },
  { form: path('/v1/messages/batches/{id}'), methods: ['GET', 'DELETE'], endpoint: 'batches', namesResults: true },
  { form: path('/v1/messages/batches/{id}/cancel'), methods: ['POST'], endpoint: 'batches', namesResults: true },
  { form: path('/v1/messages/batches/{id}/results'), methods: ['GET'], endpoint: 'batches' },
  { form: path('/v1/files'), methods: ['GET', 'POST'], endpoint: 'files' },
  { form: path('/v1/files/{id}'), methods: ['GET', 'DELETE'], endpoint: 'files' },
  { form: path('/v1/files/{id}/content'), methods: ['GET'], endpoint: 'files' },
];

export const statefulPath = (text: string): StatefulPath | undefined =>
  STATEFUL_PATHS.find(({ form }) => form.test(text));

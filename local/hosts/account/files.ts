import type { FileMetadata } from '@anthropic-ai/sdk/resources/files';
import { freshId } from '../answers/answer-id';
import { anthropic } from '../faults/error-spec';
import type { SimRequest } from '../requests/recorded-request';
import { refuse, type AccountReply, type AccountOptions } from '../wires/wire';
import { createShelf } from './shelf';
import { uploadOf } from './upload';

interface StoredFile extends FileMetadata {
  readonly bytes: Uint8Array;
}

export interface Files {
  upload(request: SimRequest): Promise<AccountReply>;
  list(request: SimRequest): AccountReply;
  show(request: SimRequest, id: string): AccountReply;
  download(request: SimRequest, id: string): AccountReply;
  remove(request: SimRequest, id: string): AccountReply;
}

/** As code execution leaves it behind: only what a tool has made may be downloaded, never what was uploaded. */
const GENERATED = { filename: 'chart.csv', mime_type: 'text/csv', content: 'host,answers\nsimulated,1\n' };

export function createFiles({ clock }: AccountOptions): Files {
  const store = (file: Pick<StoredFile, 'filename' | 'mime_type' | 'bytes' | 'downloadable'>, expiresIn?: number) => {
    const now = clock.now();
    const stored: StoredFile = {
      id: freshId('file', 'anthropic'),
      type: 'file',
      size_bytes: file.bytes.length,
      created_at: iso(now),
      expires_at: expiresIn === undefined ? null : iso(now + expiresIn * 1000),
      ...file,
    };
    shelf.add(stored);
    return stored;
  };
  const found = (id: string, make: (file: StoredFile) => AccountReply): AccountReply => {
    const file = shelf.get(id);
    return file ? make(file) : refuse(anthropic(404, 'not_found_error', `File not found: ${id}`));
  };

  const shelf = createShelf<StoredFile>();
  const { content, ...generated } = GENERATED;
  store({ ...generated, bytes: Buffer.from(content), downloadable: true });

  return {
    async upload(request) {
      const upload = await uploadOf(request);
      if (typeof upload === 'string') return refuse(anthropic(400, 'invalid_request_error', upload));
      const { expiresIn, ...file } = upload;
      return { kind: 'json', body: metadata(store({ ...file, downloadable: false }, expiresIn)) };
    },
    list: ({ query }) => shelf.page(query, metadata),
    show: (_, id) => found(id, (file) => ({ kind: 'json', body: metadata(file) })),
    download: (_, id) =>
      found(id, (file) => {
        if (file.expires_at && clock.now() >= Date.parse(file.expires_at)) return EXPIRED;
        return file.downloadable
          ? { kind: 'file', bytes: file.bytes, headers: { 'content-type': file.mime_type } }
          : NOT_DOWNLOADABLE;
      }),
    remove: (_, id) =>
      found(id, () => {
        shelf.remove(id);
        return { kind: 'json', body: { id, type: 'file_deleted' } };
      }),
  };
}

const iso = (ms: number) => new Date(ms).toISOString();
const metadata = ({ bytes: _, ...shown }: StoredFile): FileMetadata => shown;

const EXPIRED = refuse(anthropic(404, 'not_found_error', 'The file has expired.', { code: 'file_expired' }));
const NOT_DOWNLOADABLE = refuse(
  anthropic(400, 'invalid_request_error', 'File is not downloadable', { code: 'file_not_downloadable' }),
);

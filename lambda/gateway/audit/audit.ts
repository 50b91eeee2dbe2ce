import { HEAD_MESSAGE, type HostConfig } from '../../../lib/contract';
import type { AttemptRecord, Plan } from '../../engine/chain/plan';
import type { GatewayResponse, RequestHead } from '../../engine/gateway';
import { errorText } from '../../runtime/error-text';
import { GatewayError } from '../gateway-error';
import type { RequestRecord, Telemetry } from '../telemetry/telemetry';
import { watched, type Contents } from './contents';
import type { Act, AuditEntry } from './entries';
import { refusalEntry, requestEntry } from './request-entry';
import { type Head, sealed, sha256 } from './seal';
import { Spool, type SpoolParts } from './spool';

export interface AuditParts extends Omit<SpoolParts, 'flushing'>, Pick<Telemetry, 'note'> {
  /** Of this process, and of no other. */
  readonly writer: string;
  readonly place: Pick<AuditEntry, 'router' | 'version' | 'region'>;
  readonly hosts: readonly HostConfig[];
  /** Nobody is served whose request would leave no record. */
  readonly isClosed: boolean;
  /** Undefined where contents are kept nowhere. */
  readonly putContents: ((contents: Contents) => Promise<void>) | undefined;
}

/** How long an answer that is complete may be kept from ending. */
const SETTLE_MS = 3_000;
const RETRY_SECONDS = 5;

/** What this process adds to the trail: one chain, each record of which names the one before. */
export class Audit {
  /** Of requests that are under way. */
  readonly #attempts = new Map<string, AttemptRecord[]>();
  readonly #puts = new Set<Promise<void>>();
  readonly #spool: Spool;
  #head: Head | undefined;
  #told: Head | undefined;

  constructor(private readonly parts: AuditParts) {
    this.#spool = new Spool({ ...parts, flushing: () => this.#tellHead() });
    this.#write({ kind: 'writer' });
  }

  /** Throws a `GatewayError` where records cannot be written and nobody may be served without. */
  async admit(): Promise<void> {
    if (!this.parts.isClosed || !this.#spool.isDown) return;
    await this.#spool.flush();
    if (!this.#spool.isDown) return;
    throw new GatewayError(529, 'the audit trail cannot be written, and no request is served without; try again soon', {
      'retry-after': String(RETRY_SECONDS),
      'x-should-retry': 'true',
    });
  }

  attempt(record: AttemptRecord): void {
    const attempts = this.#attempts.get(record.requestId);
    if (attempts === undefined) this.#attempts.set(record.requestId, [record]);
    else attempts.push(record);
  }

  request(record: RequestRecord, asked?: Pick<Plan, 'body' | 'headers'>): void {
    const attempts = this.#attempts.get(record.requestId) ?? [];
    this.#attempts.delete(record.requestId);
    const host = this.parts.hosts.find(({ name }) => name === record.host);
    this.#write(requestEntry(record, attempts, asked, host));
  }

  refused(request: RequestHead, status: number): void {
    this.#attempts.delete(request.id);
    this.#write(refusalEntry(request, status));
  }

  /** Before the act is done. Rejects where it could not be recorded: then it must not be done. */
  async act({ act, target, by, details }: Act): Promise<void> {
    const entry = { kind: 'act', act, target, operator: by, details: details && JSON.stringify(details) } as const;
    this.#write(entry);
    await this.#spool.flush(true);
    if (!this.#spool.isDown) return;
    this.#write({ ...entry, undone: true });
    throw new GatewayError(529, `'${act}' is not done: the audit trail cannot be written; try again soon`, {
      'retry-after': String(RETRY_SECONDS),
    });
  }

  /** The same response; where contents are kept, its copy and the request's are put into their bucket. */
  watch(response: GatewayResponse, plan: Pick<Plan, 'requestId' | 'bytes' | 'client' | 'model'>): GatewayResponse {
    const { putContents, clock } = this.parts;
    if (putContents === undefined) return response;
    return watched(response, plan, clock.now, (contents) => {
      const put = this.#keep(contents, putContents).finally(() => this.#puts.delete(put));
      this.#puts.add(put);
    });
  }

  /** Until all is written, or was tried, or three seconds have passed. Never rejects. */
  settle(): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.parts.clock.timer(SETTLE_MS, resolve);
      void this.#settleAll().then(() => {
        timer.cancel();
        resolve();
      });
    });
  }

  /** Nothing more will come. */
  async close(): Promise<void> {
    await Promise.all(this.#puts);
    this.#write({ kind: 'writer', ends: true });
    await this.#spool.close();
  }

  async #settleAll(): Promise<void> {
    await Promise.all(this.#puts);
    // The last byte of a stream may be through a moment before its end is told of.
    for (let turn = 0; turn < 10 && this.#attempts.size > 0; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    await this.#spool.flush();
  }

  async #keep(contents: Contents, put: (contents: Contents) => Promise<void>): Promise<void> {
    const { requestId, object, bytes } = contents;
    const entry = { kind: 'contents', request_id: requestId, object, sha256: sha256(bytes) } as const;
    try {
      await put(contents);
      this.#write(entry);
    } catch (error) {
      this.parts.lost(1, `contents of ${requestId}: ${errorText(error)}`);
      this.#write({ ...entry, lost: true });
    }
  }

  #write(entry: Unplaced<AuditEntry>): void {
    const { clock, place, writer } = this.parts;
    const at = new Date(clock.now()).toISOString();
    const record = sealed({ ...entry, at, ...place }, writer, this.#head);
    this.#head = { seq: record.seq, hash: record.hash };
    this.#spool.add(`${JSON.stringify(record)}\n`);
  }

  /** Into another store than the trail's, so that a chain whose end is cut off shows. */
  #tellHead(): void {
    if (this.#head === undefined || this.#head === this.#told) return;
    this.#told = this.#head;
    this.parts.note(HEAD_MESSAGE, { writer: this.parts.writer, ...this.#head });
  }
}

type Unplaced<Entry> = Entry extends AuditEntry ? Omit<Entry, 'at' | 'router' | 'version' | 'region'> : never;

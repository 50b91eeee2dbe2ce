/** What a trail says, under the names of its columns; each is sealed before it is written. */
export type AuditEntry = WriterEntry | RequestEntry | ContentsEntry | ActEntry;

interface Said {
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Service name of the router. */
  readonly router: string;
  readonly version: string;
  readonly region?: string | undefined;
  /** Nothing of this writer comes after it. */
  readonly ends?: true;
}

/** A writer begins, or ends as it was told to. */
export interface WriterEntry extends Said {
  readonly kind: 'writer';
}

export interface RequestEntry extends Said {
  readonly kind: 'request';
  readonly request_id: string;
  readonly client?: string | undefined;
  /** Digest of whom the client asks for, by client. */
  readonly user?: string | undefined;
  readonly endpoint: string;
  readonly model?: string | undefined;
  readonly stream?: boolean;
  readonly outcome: string;
  /** 200 of an answer; of a refusal by the gateway itself, its status. */
  readonly status?: number | undefined;
  readonly host?: string | undefined;
  /** Geography, region or `global`: where the host says that it serves. */
  readonly served_in?: string | undefined;
  readonly host_request_id?: string | undefined;
  /** Id of the key that the host was called with. */
  readonly host_key?: string | undefined;
  readonly failover?: boolean | undefined;
  /** Another model than the one asked for. */
  readonly answered_by?: string | undefined;
  readonly attempts?: readonly AttemptEntry[] | undefined;
  readonly trace?: string;
  readonly dropped?: readonly string[] | undefined;
  readonly first_content_ms?: number | undefined;
  readonly duration_ms?: number;
  readonly input_tokens?: number | undefined;
  readonly cache_read_tokens?: number | undefined;
  readonly cache_write_tokens?: number | undefined;
  readonly output_tokens?: number | undefined;
  readonly cost_usd?: number | undefined;
  readonly stop_reason?: string | undefined;
}

export interface AttemptEntry {
  readonly host: string;
  readonly model: string;
  readonly verdict: string;
  readonly status?: number | undefined;
  readonly host_request_id?: string | undefined;
  readonly duration_ms: number;
}

/** Request and answer of one request, which are an object of another bucket. */
export interface ContentsEntry extends Said {
  readonly kind: 'contents';
  readonly request_id: string;
  readonly object: string;
  /** Of its bytes, in hex. */
  readonly sha256: string;
  /** It could not be written, and is nowhere. */
  readonly lost?: true;
}

/** Something that an operator does to the gateway. */
export interface Act {
  /** Such as `drain`. */
  readonly act: string;
  /** Such as the host. */
  readonly target: string;
  /** Who, as AWS or the gateway knows them. */
  readonly by: string;
  /** What else is to be known of it; nothing secret. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface ActEntry extends Said {
  readonly kind: 'act';
  readonly act: string;
  readonly target: string;
  readonly operator: string;
  /** JSON. */
  readonly details?: string | undefined;
  /** It was not done, because this could not be written before it. */
  readonly undone?: true;
}

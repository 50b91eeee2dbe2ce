/** A bucket, as a service of the cloud's own sees it. */
export interface JobFiles {
  readonly name: string;
  readonly objects: ReadonlyMap<string, string>;
  put(key: string, text: string): void;
}

/** What a cloud's batch jobs have beside their host. */
export interface JobsSide {
  readonly files: JobFiles;
  /** How many it works on at a time. @default 4 on Vertex AI, 20 on Bedrock */
  readonly most?: number;
  /** Why a job fails as a whole, by its name. @default - none does */
  readonly fails?: (name: string) => string | undefined;
}

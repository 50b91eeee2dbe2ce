/** One question to the gateway, the same for every SDK. */
export interface SdkAsk {
  readonly url: string;
  readonly key: string;
  readonly model: string;
  readonly prompt: string;
  readonly stream: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** What a program that uses the SDK gets to see. */
export interface SdkOutcome {
  readonly text: string;
  readonly stopReason: string | null;
  /** Response headers, names in lower case; empty where the SDK does not give them. */
  readonly headers: Readonly<Record<string, string>>;
  /** When each piece of text came, in milliseconds from the first. */
  readonly arrivals: readonly number[];
  readonly error?: {
    /** Class of the SDK. */
    readonly name: string;
    /** 0 inside a stream. */
    readonly status: number;
    /** In the words of Anthropic's API. */
    readonly type: string;
    readonly message: string;
    readonly requestId: string | null;
  };
}

export interface SdkProgram {
  readonly name: string;
  ask(ask: SdkAsk): Promise<SdkOutcome>;
  close(): Promise<void>;
}

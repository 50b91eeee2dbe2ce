/** One conversation for a client program, as JSON a line; the program asks it in its library's own words. */
export interface Question {
  /** Origin of the gateway. */
  readonly url: string;
  readonly key: string;
  readonly model: string;
  readonly prompt: string;
  readonly stream: boolean;
  /** How often the library may try again by itself. */
  readonly retries: number;
  readonly system?: string;
  /** A PNG in base64, shown with the prompt. */
  readonly image?: string;
  /** It carries out the calls of the answer, each with the result `Result of <name>.`, until there are none. */
  readonly tools?: readonly Tool[];
  /** The answer is to be a `Place`, by the library's own means. */
  readonly structured?: boolean;
}

export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly schema: object;
}

export interface Call {
  readonly name: string;
  readonly input: object;
}

/** What a program that uses the library gets to see. */
export interface Outcome {
  /** Of the last answer. */
  readonly text: string;
  /** Why it ended, in the library's own word. */
  readonly stop: string | null;
  /** Of each turn that has any. */
  readonly calls: readonly (readonly Call[])[];
  readonly model: string;
  readonly tokens: { readonly input: number; readonly output: number };
  /** The structured answer, as the library has parsed it. */
  readonly parsed?: unknown;
  readonly error?: {
    /** Class of the library. */
    readonly name: string;
    /** 0 where it tells none. */
    readonly status: number;
    readonly message: string;
  };
}

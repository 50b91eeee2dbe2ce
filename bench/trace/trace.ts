import trace from './azure-llm-2023.json';

/** Input and output tokens of one request of the trace. */
export interface TokenCounts {
  readonly context: number;
  readonly generated: number;
}

export interface TracedRequest extends TokenCounts {
  /** Of the hour in which it came. */
  readonly second: number;
}

export interface TracedService {
  /** Requests that came in each second of the hour. */
  readonly perSecond: readonly number[];
  /** A sample of them: contexts and answers as they go together. */
  readonly sample: readonly TracedRequest[];
  /** Of all of the service's requests, which are not in this repository. */
  readonly whole: { readonly requests: number; readonly meanContext: number; readonly meanGenerated: number };
}

/** One hour of two services of 2023, a chat and a completion of code. */
export const TRACE: {
  readonly seconds: number;
  readonly services: readonly TracedService[];
  readonly source: string;
  readonly cite: string;
} = {
  seconds: trace.seconds,
  services: [trace.conversation, trace.code].map(({ perSecond, rows, ...whole }) => ({
    perSecond,
    whole,
    sample: rows.map(([second = NaN, context = NaN, generated = NaN]) => ({ second, context, generated })),
  })),
  source: trace.source,
  cite: trace.cite,
};

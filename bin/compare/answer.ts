import type { JsonObject } from '../../lambda/engine/json';

/** What a link made of a request. Times in milliseconds since it was asked. */
export type Answer = GivenAnswer | FailedAnswer;

export interface GivenAnswer {
  readonly isGiven: true;
  /** The one that has answered. */
  readonly model: string;
  readonly content: readonly JsonObject[];
  readonly stopReason: string;
  readonly usage: JsonObject;
  readonly firstContentMs: number;
  readonly wholeMs: number;
  /** Fields and betas of the request that the link was not sent. */
  readonly dropped: readonly string[];
  /** At list price; undefined for a model without a known one. */
  readonly costUsd: number | undefined;
}

export interface FailedAnswer {
  readonly isGiven: false;
  /** May quote the prompt: hosts do. */
  readonly why: string;
  /** The way through the router, `host:reason`; empty where it was not taken. */
  readonly trace: string;
  readonly wholeMs: number;
}

export interface ToolCall {
  readonly name: string;
  readonly input: unknown;
}

/** Of the client's own tools: a server's are run by the host. */
export const toolCalls = ({ content }: GivenAnswer): ToolCall[] =>
  content.filter(({ type }) => type === 'tool_use').map(({ name, input }) => ({ name: String(name), input }));

export const textOfAnswer = ({ content }: GivenAnswer): string =>
  content
    .filter(({ type }) => type === 'text')
    .map(({ text }) => String(text))
    .join('');

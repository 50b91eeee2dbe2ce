import { classify, type Situation } from '../../../lambda/engine/failure/classify';
import type { Failure } from '../../../lambda/engine/failure/failure';
import type { Verdict } from '../../../lambda/engine/failure/verdict';
import { HOST_ERRORS } from '../../../lambda/hosts/errors/every-error';
import anthropic from '../../fixtures/errors/anthropic.json';
import bedrock from '../../fixtures/errors/bedrock.json';
import foundry from '../../fixtures/errors/foundry.json';
import inStream from '../../fixtures/errors/in-stream.json';
import openai from '../../fixtures/errors/openai.json';
import proxy from '../../fixtures/errors/proxy.json';
import vertex from '../../fixtures/errors/vertex.json';

interface Recorded {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const ANSWERS: Readonly<Record<string, Readonly<Record<string, Recorded>>>> = {
  anthropic,
  bedrock,
  foundry,
  openai,
  proxy,
  vertex,
};
const EVENTS: Readonly<Record<string, unknown>> = inStream;

export type HttpFailure = Extract<Failure, { kind: 'http' }>;

export function httpFailure(status: number, headers: Recorded['headers'], body: Uint8Array): HttpFailure {
  return { kind: 'http', status, headers, body, facts: HOST_ERRORS.readAnswer(status, headers, body) };
}

/** `vendor: name of the error` */
export function errorAnswer(name: string): HttpFailure {
  const [vendor = '', error = ''] = name.split(': ');
  const recorded = ANSWERS[vendor]?.[error];
  if (!recorded) throw new Error(`no error '${error}' in test/fixtures/errors/${vendor}.json`);
  return httpFailure(recorded.status, recorded.headers, new TextEncoder().encode(recorded.body));
}

export function errorEventFailure(name: string): Extract<Failure, { kind: 'stream' }> {
  if (!(name in EVENTS)) throw new Error(`no event '${name}' in test/fixtures/errors/in-stream.json`);
  const headers = { 'content-type': 'text/event-stream; charset=utf-8', 'request-id': 'req_011CVLh2q8XyD5pWk7Tn3bQz' };
  return { kind: 'stream', headers, ...HOST_ERRORS.readEvent(EVENTS[name]) };
}

export const EVERY_ANSWER = Object.entries(ANSWERS).flatMap(([vendor, errors]) =>
  Object.keys(errors).map((name) => `${vendor}: ${name}`),
);

const NOW = Date.UTC(2026, 10, 21, 3, 0, 0);
export const ANTHROPIC: Situation = {
  schema: 'current',
  anotherHostLeft: false,
  now: NOW,
};
export const LAGGING: Situation = { ...ANTHROPIC, schema: 'lagging' };

export const judge = (failure: Failure, situation: Situation): Verdict =>
  classify(failure, situation, HOST_ERRORS.table);

/** row, action, reason, owner, and what it does to the host's health */
export const brief = (verdict: Verdict): string =>
  [verdict.row, verdict.action, verdict.reason, verdict.owner, ...effects(verdict)].join(' ');

function effects({ countsAgainstHealth, cooldownMs, restMs }: Verdict): string[] {
  const found = [
    cooldownMs === undefined ? '' : `cools ${cooldownMs}`,
    countsAgainstHealth ? 'counts' : '',
    restMs === undefined ? '' : `rests ${restMs}`,
  ].filter((effect) => effect !== '');
  return found.length > 0 ? found : ['-'];
}

import { shareOf } from '../../engine/chain/affinity';
import { foreignId } from '../anthropic/request/foreign-marks';

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * An id for a tool call as Claude's hosts demand them, unlike those of other answers: many servers number their calls from 0 in
 * each. Gemini's signature travels in it, because clients give nothing else back.
 */
export function toolId(answer: string, call: string, position: number, signature: string | undefined): string {
  const name = hash(answer) + hash(`${position} ${call}`);
  return foreignId(name, signature !== undefined && BASE64.test(signature) ? toIdPart(signature) : undefined);
}

const hash = (text: string): string => (shareOf(text) * 2 ** 32).toString(36).padStart(7, '0');

function toIdPart(base64: string): string {
  return base64.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
}

export function fromIdPart(part: string): string {
  const base64 = part.replaceAll('-', '+').replaceAll('_', '/');
  return base64.padEnd(Math.ceil(base64.length / 4) * 4, '=');
}

/** What every library's answers are told in. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export const MAX_TOKENS = 20_000;
export const MOST_TURNS = 5;

/** The structured answer. */
export const PLACE = {
  type: 'object',
  properties: { city: { type: 'string' }, mood: { type: 'string', enum: ['sunny', 'rainy'] } },
  required: ['city', 'mood'],
  additionalProperties: false,
};

export const resultOf = (name) => `Result of ${name}.`;

export function outcome({ text, stop, calls, model, tokens, parsed }) {
  return { text, stop, calls: calls.filter((turn) => turn.length > 0), model, tokens, parsed };
}

/** Of an installed package: not all let their manifest be imported. */
export function versionOf(name) {
  const folders = createRequire(import.meta.url).resolve.paths(name) ?? [];
  for (const folder of folders) {
    try {
      const { version } = JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8'));
      return `${name} ${version}`;
    } catch {
      continue;
    }
  }
  throw new Error(`${name} is not installed in ${dirname(folders[0] ?? '')}`);
}

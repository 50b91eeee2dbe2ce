/** How a model is asked to think. `always`: it does, whatever the request says. */
export type Thinking = 'adaptive' | 'enabled' | 'always' | 'none';

/** The first that fits an id counts. From 4.7 on, a fixed budget is refused; 4.6 takes both. */
const RULES: readonly (readonly [RegExp, Thinking])[] = [
  [/^claude-3-5-/, 'none'],
  [/^claude-(fable|mythos)-/, 'always'],
  [/^claude-(opus|sonnet|haiku)-4(-[15])?(-\d{8})?$/, 'enabled'],
  [/^claude-/, 'adaptive'],
];

/** Nobody knows how a model of somebody's own thinks. */
export function thinkingOf(model: string): Thinking {
  return RULES.find(([pattern]) => pattern.test(model))?.[1] ?? 'none';
}

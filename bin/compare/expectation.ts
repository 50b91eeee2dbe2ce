import * as v from 'valibot';

const schema = v.strictObject({
  /** Names of the tools that are to be called, in any order. */
  tools: v.optional(v.array(v.string())),
  /** JSON Schema of the answer's text. */
  schema: v.optional(v.record(v.string(), v.unknown())),
  refused: v.optional(v.boolean()),
  /** Two letters, as `de`. */
  language: v.optional(v.pipe(v.string(), v.regex(/^[a-z]{2}$/))),
  stopReason: v.optional(v.string()),
  /** Longest time to the whole answer. */
  maxSeconds: v.optional(v.pipe(v.number(), v.minValue(0))),
});

/** What an answer is to be, whoever gives it. */
export type Expectation = v.InferOutput<typeof schema>;

export function expectation(value: unknown, wrong: (what: string) => never): Expectation {
  const result = v.safeParse(schema, value ?? {});
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = ['expect', v.getDotPath(issue)].filter(Boolean).join('.');
  return wrong(
    `${path} is not as it should be; there are tools (list of names), schema (JSON Schema), refused (true or false), ` +
      'language (two letters), stopReason and maxSeconds',
  );
}

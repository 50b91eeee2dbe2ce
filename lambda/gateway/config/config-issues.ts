import type * as v from 'valibot';

type Issue = v.BaseIssue<unknown>;
type Path = readonly unknown[];

/** Values below these keys are never repeated: a key or a password may have been put there by mistake. */
const SECRET_FIELDS: readonly unknown[] = ['keys', 'keySha256', 'header'];
const LOOKS_SECRET = /^(sk-|AKIA|ASIA|eyJ)|\/\/[^/]*@/;

/** One line for each problem, as in `hosts[1].region: got 42; must be an AWS region, such as us-east-1`. */
export function issueLines(issues: readonly Issue[], parent: Path = []): string[] {
  return issues.flatMap((issue) => {
    const path = [...parent, ...(issue.path ?? []).map(({ key }) => key)];
    const inner = deeperIssues(issue);
    return inner.length > 0 && !isSecret(path) ? issueLines(inner, path) : [line(issue, path)];
  });
}

/** What is wrong inside an object that one option of a union would take is worth more than that none took it. */
function deeperIssues(issue: Issue): readonly Issue[] {
  if (issue.type !== 'union' || typeof issue.input !== 'object') return [];
  return (issue.issues ?? []).filter(({ path }) => path !== undefined);
}

function line(issue: Issue, path: Path): string {
  const place = pathText(path);
  if (issue.type === 'strict_object' && issue.expected === 'never') return `${place}: unknown key; ${issue.message}`;
  if (issue.input === undefined) return `${place}: missing; ${issue.message}`;
  if (isSecret(path)) return `${place}: ${issue.message}`;
  return `${place}: got ${shown(issue.input)}; ${issue.message}`;
}

function pathText(path: Path): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return text.replace(/^\./, '') || 'the configuration';
}

const isSecret = (path: Path): boolean => path.some((key) => SECRET_FIELDS.includes(key));

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length > 0 ? 'a list' : 'an empty list';
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value === 'string' && LOOKS_SECRET.test(value)) return 'a value that is not shown';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

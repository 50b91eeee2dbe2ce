/** As IAM writes it. */
export interface PolicyDocument {
  readonly Statement?: readonly Statement[];
}
interface Statement {
  readonly Effect?: string;
  readonly Principal?: unknown;
  readonly Action?: unknown;
}

/** Whether a resource's policy lets a service do all of these actions. Conditions are taken as met, and denials are not looked for. */
export function policyAllows(
  { Statement: all = [] }: PolicyDocument,
  service: string,
  actions: readonly string[],
): boolean {
  const allowed = all.filter((each) => each.Effect === 'Allow' && isFor(each.Principal, service));
  const patterns = allowed.flatMap(({ Action: action }) => listOf(action));
  return actions.every((action) => patterns.some((pattern) => matches(pattern, action.toLowerCase())));
}

function isFor(principal: unknown, service: string): boolean {
  if (principal === '*') return true;
  const { Service: services, AWS: accounts } = Object(principal) as Readonly<Record<string, unknown>>;
  return listOf(services).includes(service) || listOf(accounts).includes('*');
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : [value]);

function matches(pattern: unknown, action: string): boolean {
  if (typeof pattern !== 'string') return false;
  const form = pattern.toLowerCase();
  return form.endsWith('*') ? action.startsWith(form.slice(0, -1)) : form === action;
}

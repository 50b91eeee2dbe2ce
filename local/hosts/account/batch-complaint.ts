import { isRecord } from '../../json';

const MOST_CHARACTERS = 64;
const CUSTOM_ID = /^[a-zA-Z0-9_-]{1,64}$/;

/** What is refused of a batch at once; whether each request is sound is found out when its turn comes. */
export function batchComplaint(requests: unknown): string | undefined {
  if (requests === undefined) return 'requests: Field required';
  if (!Array.isArray(requests)) return 'requests: Input should be a valid array';
  if (requests.length === 0) return 'requests: List should have at least 1 item after validation, not 0';
  const seen = new Set<string>();
  for (const [index, request] of requests.entries()) {
    const path = `requests.${index}`;
    if (!isRecord(request)) return `${path}: Input should be an object`;
    const { custom_id: id, params } = request;
    const wrong = idComplaint(id);
    if (wrong) return `${path}.custom_id: ${wrong}`;
    if (params === undefined) return `${path}.params: Field required`;
    if (!isRecord(params)) return `${path}.params: Input should be an object`;
    if (seen.has(String(id))) {
      return `requests: custom_id's must be unique within a batch. Duplicate custom_id found: ${String(id)}`;
    }
    seen.add(String(id));
  }
  return undefined;
}

function idComplaint(id: unknown): string | undefined {
  if (id === undefined) return 'Field required';
  if (typeof id !== 'string') return 'Input should be a valid string';
  if (id.length > MOST_CHARACTERS) return `String should have at most ${MOST_CHARACTERS} characters`;
  return CUSTOM_ID.test(id) ? undefined : `String should match pattern '${CUSTOM_ID.source}'`;
}

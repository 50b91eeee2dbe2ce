import type { ClientPolicy, Effort } from '../../../lib/contract';
import { EFFORTS } from '../../../lib/contract/governance/policy';
import { isObject, type JsonObject } from '../../engine/json';
import { type Denial, quoted, type Rule } from './denial';
import { isAllowedServer, mcpServer } from './mcp-servers';

/** Whoever asks, in words. */
type Check = (policy: ClientPolicy, body: JsonObject, client: string) => string | undefined;

/** What runs where the request comes from, and not at a host. */
const CLIENTS_OWN = /^(custom|(bash|text_editor|computer|memory)_\d{8})$/;
const MCP_TOOLSET = 'mcp_toolset';

/** What a policy has to say about a body, wherever it stands: alone, or in a batch. */
const CHECKS: readonly (readonly [Rule, Check])[] = [
  ['tools', tools],
  ['mcpServers', mcpServers],
  ['maxTokens', maxTokens],
  ['effort', effort],
  ['files', files],
];

export function bodyDenial(policy: ClientPolicy, body: JsonObject, client: string): Denial | undefined {
  for (const [rule, check] of CHECKS) {
    const why = check(policy, body, client);
    if (why !== undefined) return { rule, why };
  }
  return undefined;
}

function tools({ tools: allowed }: ClientPolicy, body: JsonObject, client: string): string | undefined {
  if (allowed === undefined) return undefined;
  for (const [index, tool] of list(body['tools']).entries()) {
    const type = isObject(tool) ? tool['type'] : undefined;
    if (typeof type !== 'string' || type === MCP_TOOLSET || CLIENTS_OWN.test(type)) continue;
    if (allowed.some((name) => type === name || type.startsWith(`${name}_`))) continue;
    return `tools.${index}.type: ${quoted(type)} is not for client '${client}'; ${may(allowed, 'tools of the host')}`;
  }
  return undefined;
}

function mcpServers({ mcpServers: allowed }: ClientPolicy, body: JsonObject, client: string): string | undefined {
  if (allowed === undefined) return undefined;
  for (const [index, server] of list(body['mcp_servers']).entries()) {
    const name = mcpServer(isObject(server) ? server['url'] : undefined);
    if (isAllowedServer(name, allowed)) continue;
    const what = name === undefined ? 'an address that is no plain https URL' : quoted(name);
    return `mcp_servers.${index}.url: ${what} is not for client '${client}'; ${may(allowed, 'MCP servers')}`;
  }
  return undefined;
}

function maxTokens({ maxTokens: most }: ClientPolicy, body: JsonObject, client: string): string | undefined {
  const asked = body['max_tokens'];
  // Whatever a lenient host may read as a number.
  if (most === undefined || !(Number(asked) > most)) return undefined;
  return `max_tokens: ${quoted(asked)} is more than client '${client}' may ask for, which is ${most}`;
}

function effort({ effort: most }: ClientPolicy, body: JsonObject, client: string): string | undefined {
  const asked = askedEffort(body);
  if (most === undefined || asked === undefined || isWithin(asked, most)) return undefined;
  const levels = EFFORTS.filter((level) => isWithin(level, most)).join(', ');
  return `output_config.effort: ${quoted(asked)} is not for client '${client}'; it may ask for ${levels}`;
}

export const askedEffort = ({ output_config: config }: JsonObject): unknown =>
  isObject(config) ? (config['effort'] ?? undefined) : undefined;

/** A level that nobody knows may be a higher one. */
export function isWithin(level: unknown, most: Effort): boolean {
  const place = EFFORTS.findIndex((each) => each === level);
  return place >= 0 && place <= EFFORTS.indexOf(most);
}

function files({ files: allowed = true }: ClientPolicy, body: JsonObject, client: string): string | undefined {
  if (allowed || ![body['system'], ...contents(body)].some(namesFile)) return undefined;
  return `messages: a file by its id is not for client '${client}'; send its contents instead`;
}

const contents = (body: JsonObject): unknown[] =>
  list(body['messages']).map((message) => (isObject(message) ? message['content'] : undefined));

/** Blocks hold blocks: results of tools, documents made of parts. What a tool is called with is the client's own. */
function namesFile(content: unknown): boolean {
  return list(content).some((block) => {
    if (!isObject(block)) return false;
    const { type, source, content: inner } = block;
    if (type === 'container_upload') return true;
    if (isObject(source) && (source['type'] === 'file' || 'file_id' in source || namesFile(source['content'])))
      return true;
    return namesFile(inner);
  });
}

const may = (allowed: readonly string[], what: string): string =>
  allowed.length > 0 ? `it may use ${allowed.join(', ')}` : `it may use no ${what}`;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);

import type { NamedFeature } from '../../../../lib/contract/features';
import type { Headers } from '../../../engine/headers';
import type { MessagesBody } from './message-request';

/** Features that change what a request means. Which host lacks which stands with the host. */
export type Feature = NamedFeature | `inference_geo=${string}`;

const GEO = 'inference_geo=';

/** Beginnings of tool types; the first that fits counts. */
const TOOLS: readonly (readonly [string, Feature])[] = [
  ['web_search_20250305', 'web_search'],
  ['web_search_', 'web_search_dynamic'],
  ['web_fetch_', 'web_fetch'],
  ['code_execution_', 'code_execution'],
  ['tool_search_tool_bm25', 'tool_search_bm25'],
  ['tool_search_tool_', 'tool_search'],
  ['mcp_toolset', 'mcp_servers'],
  ['computer_toolset_', 'computer_toolset'],
  ['browser_toolset_', 'browser_toolset'],
  ['advisor_', 'advisor'],
];

/** Blocks of earlier turns that a host without the feature refuses. */
const BLOCKS = new Map<unknown, Feature>([
  ['web_search_tool_result', 'web_search'],
  ['web_fetch_tool_result', 'web_fetch'],
  ['code_execution_tool_result', 'code_execution'],
  ['bash_code_execution_tool_result', 'code_execution'],
  ['text_editor_code_execution_tool_result', 'code_execution'],
  ['container_upload', 'container'],
  ['tool_search_tool_result', 'tool_search'],
  ['tool_reference', 'tool_reference'],
  ['advisor_tool_result', 'advisor'],
  ['mcp_tool_use', 'mcp_servers'],
  ['mcp_tool_result', 'mcp_servers'],
  ['mcp_tool_listing', 'mcp_servers'],
  ['fallback', 'server_side_fallback_history'],
]);

const SOURCES = new Map<unknown, Feature>([
  ['url', 'url_source'],
  ['file', 'file_id'],
]);

/** A tool result holds blocks, and so does a document in it; nothing valid nests deeper. */
const MAX_DEPTH = 3;

/** Features the host must have; computed once a request. Reads only: a body of the wrong shape needs nothing. */
export function requiredFeatures(body: MessagesBody, headers: Headers): readonly Feature[] {
  const found = new Set<Feature>();
  addTopLevel(body, headers, found);
  for (const tool of list(body.tools)) addTool(tool, found);
  for (const message of list(body.messages)) {
    if (!isRecord(message)) continue;
    if (message.role === 'system') found.add('mid_conversation_system');
    addBlocks(message.content, found, 1);
  }
  return [...found];
}

/** The geography a request asks for, where it is one that asks. */
export function askedGeo(feature: string): string | undefined {
  return feature.startsWith(GEO) ? feature.slice(GEO.length) : undefined;
}

function addTopLevel(body: MessagesBody, headers: Headers, found: Set<Feature>): void {
  if (list(body.mcp_servers).length > 0) found.add('mcp_servers');
  if (body.container != null) found.add('container');
  if (isRecord(body.container) && list(body.container.skills).length > 0) found.add('skills');
  if (body.output_format != null) found.add('structured_outputs');
  if (isRecord(body.output_config) && body.output_config.format != null) found.add('structured_outputs');
  if (body.thread != null) found.add('thread');
  if (body.user_profile_id != null || headers['anthropic-user-profile-id']) found.add('user_profile');
  if (isRecord(body.billing_policy) && body.billing_policy.bill_to !== 'self') found.add('billing_policy');
  if (body.fallback_credit_token != null) found.add('fallback_credit');
  const geo = body.inference_geo;
  if (typeof geo === 'string' && geo !== 'global') found.add(`${GEO}${geo}`);
}

function addTool(tool: unknown, found: Set<Feature>): void {
  if (!isRecord(tool)) return;
  if (tool.strict === true) found.add('structured_outputs');
  const { type } = tool;
  if (typeof type !== 'string' || type === 'custom') return;
  const row = TOOLS.find(([start]) => type.startsWith(start));
  if (row) found.add(row[1]);
}

function addBlocks(content: unknown, found: Set<Feature>, depth: number): void {
  if (!Array.isArray(content) || depth > MAX_DEPTH) return;
  for (const block of content) {
    if (!isRecord(block) || block.type === 'text') continue;
    const feature = BLOCKS.get(block.type);
    if (feature) found.add(feature);
    if (isRecord(block.source)) {
      const source = SOURCES.get(block.source.type);
      if (source) found.add(source);
      addBlocks(block.source.content, found, depth + 1);
    }
    addBlocks(block.content, found, depth + 1);
  }
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

import type { HostKind } from '../../../../lib/contract';
import type { Headers, MessagesBody } from '../../../engine/host';

/** Host kinds, with those told apart that differ by model or deployment. */
export type SchemaKind = HostKind | 'bedrock-legacy' | 'foundry-azure';

const BEDROCK = ['bedrock', 'bedrock-legacy'] as const;
const CLOUDS = [...BEDROCK, 'vertex'] as const;
const AZURE = 'foundry-azure';
const ALL_BUT_FIRST_PARTY = [...CLOUDS, 'foundry', AZURE] as const;

/** Features that change what a request means, and who cannot serve them. What no row names, every host can. */
const LACKING = {
  web_search: [...BEDROCK, AZURE],
  /** Vertex has only the basic version of 2025-03-05. */
  web_search_dynamic: [...CLOUDS, AZURE],
  web_fetch: [...CLOUDS, AZURE],
  code_execution: [...CLOUDS, AZURE],
  container: [...CLOUDS, AZURE],
  skills: [...CLOUDS, AZURE],
  mcp_servers: [...CLOUDS, AZURE],
  file_id: [...CLOUDS, AZURE],
  url_source: CLOUDS,
  tool_search: [AZURE],
  tool_search_bm25: [...BEDROCK, AZURE],
  /** Newer models on Bedrock refuse `format` and `strict`, older ones take them. */
  structured_outputs: ['bedrock', AZURE],
  mid_conversation_system: ['bedrock-legacy', 'vertex', 'foundry', AZURE],
  computer_toolset: ALL_BUT_FIRST_PARTY,
  browser_toolset: ALL_BUT_FIRST_PARTY,
  advisor: ALL_BUT_FIRST_PARTY,
  thread: ALL_BUT_FIRST_PARTY,
  user_profile: [...BEDROCK, 'foundry', AZURE],
  billing_policy: ALL_BUT_FIRST_PARTY,
  fallback_credit: ALL_BUT_FIRST_PARTY,
  server_side_fallback_history: ALL_BUT_FIRST_PARTY,
} as const satisfies Record<string, readonly SchemaKind[]>;

export type Feature = keyof typeof LACKING | `inference_geo=${string}`;

const GEO = 'inference_geo=';

/** Fields that are left out where they are refused: the answer stays the same without them. `*`: every element. */
export const ADVISORY_FIELDS: readonly { readonly field: string; readonly kinds: readonly SchemaKind[] }[] = [
  { field: 'service_tier', kinds: ALL_BUT_FIRST_PARTY },
  /** A geography the host does not keep is a missing feature; one that it keeps need not be said. */
  { field: 'inference_geo', kinds: ALL_BUT_FIRST_PARTY },
  { field: 'speed', kinds: ALL_BUT_FIRST_PARTY },
  { field: 'diagnostics', kinds: ALL_BUT_FIRST_PARTY },
  { field: 'billing_policy', kinds: ALL_BUT_FIRST_PARTY },
  /** Without it a refusal comes back as a refusal, which clients handle; an outage would not. */
  { field: 'fallbacks', kinds: ALL_BUT_FIRST_PARTY },
  { field: 'cache_control', kinds: ['bedrock-legacy'] },
  { field: 'tools.*.eager_input_streaming', kinds: BEDROCK },
  { field: 'system.*.cache_control.scope', kinds: CLOUDS },
  { field: 'tools.*.cache_control.scope', kinds: CLOUDS },
  { field: 'messages.*.content.*.cache_control.scope', kinds: CLOUDS },
];

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
  ['tool_reference', 'tool_search'],
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

/** What distinguishes hosts of one kind. */
export interface HostVariant {
  /** Foundry: the deployment runs on Azure. */
  readonly onAzure?: boolean;
  /** Bedrock: the model is not on the native Messages door. */
  readonly legacyModel?: boolean;
  /** The geography the host keeps its inference in, e.g. `us`; undefined where it keeps none. */
  readonly geo?: string;
}

export function schemaKind(kind: HostKind, { onAzure, legacyModel }: HostVariant): SchemaKind {
  if (kind === 'foundry' && onAzure) return AZURE;
  return kind === 'bedrock' && legacyModel ? 'bedrock-legacy' : kind;
}

export function lacks(kind: HostKind, feature: string, variant: HostVariant = {}): boolean {
  return lackingKinds(feature, variant.geo).includes(schemaKind(kind, variant));
}

function lackingKinds(feature: string, geo: string | undefined): readonly SchemaKind[] {
  if (feature.startsWith(GEO)) return feature === `${GEO}${geo}` ? [] : ALL_BUT_FIRST_PARTY;
  return Object.hasOwn(LACKING, feature) ? LACKING[feature as keyof typeof LACKING] : [];
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

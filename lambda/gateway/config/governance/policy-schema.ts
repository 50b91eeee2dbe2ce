import * as v from 'valibot';
import { FORMS } from '../../../../lib/contract';
import { EFFORTS, GEOGRAPHIES } from '../../../../lib/contract/governance/policy';
import { flag, list, object, oneOf, pattern, text, wholeNumber } from '../../../schema/schema-parts';

export const guardrailSchema = object('a guardrail of Bedrock', {
  id: pattern(/^[a-z0-9]+$/, "the guardrail's id: lower case letters and digits"),
  version: pattern(/^([1-9]\d{0,7}|DRAFT)$/, "the guardrail's version: a number, or DRAFT"),
  region: v.optional(pattern(...FORMS.awsRegion)),
  output: v.optional(flag('answers too; needs routes with commit complete; default false')),
  whenDown: v.optional(oneOf(['open', 'closed'], 'what becomes of requests while it cannot be asked; default closed')),
});

/** What a client, or a team of the stack, may use. */
export const policySchema = object('what may be used', {
  models: v.optional(
    list(
      pattern(/^([^*\s]+\*?|\*)$/, 'a model id or alias, or the beginning of ids with * at its end'),
      'models that may be used',
    ),
  ),
  hosts: v.optional(list(text('name of a host'), 'hosts that may be used')),
  geographies: v.optional(list(oneOf(GEOGRAPHIES, 'geography'), 'geographies in which requests may be served')),
  tools: v.optional(
    list(
      pattern(/^[a-z0-9_]+$/, 'the type of a tool, such as web_search_20250305, or its family, such as web_search'),
      'tools of the hosts that may be used; an empty list: none',
      0,
    ),
  ),
  mcpServers: v.optional(
    list(
      pattern(
        /^(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:\d{1,5})?$/,
        'the name of an MCP server, such as mcp.example.com, or *.example.com',
      ),
      'MCP servers that may be used; an empty list: none',
      0,
    ),
  ),
  maxTokens: v.optional(wholeNumber(1, 1_000_000, 'the most that max_tokens may ask for')),
  effort: v.optional(oneOf(EFFORTS, 'the most that output_config.effort may ask for')),
  files: v.optional(flag('files by their id, and the paths of files; default true')),
  guardrail: v.optional(guardrailSchema),
});

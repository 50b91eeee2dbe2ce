import * as v from 'valibot';
import { object, pattern, text } from '../../lambda/schema/schema-parts';
import { FORMS } from '../../lib/contract';
import { Host } from '../../lib/hosts/host';
import { type ChainHostKind, namedHost, type NamedHost } from './chain-host';

export interface ClaudePlatformAwsChainHost extends NamedHost {
  readonly host: 'claude-platform-aws';
  /** @default - the stack's region */
  readonly region?: string;
  /** Anthropic workspace id. */
  readonly workspaceId: string;
}

export const claudePlatformAws = {
  schema: object('Claude Platform on AWS', {
    host: v.literal('claude-platform-aws'),
    ...namedHost,
    region: v.optional(pattern(...FORMS.awsRegion)),
    workspaceId: text('Anthropic workspace id'),
  }),
  create: ({ host: _, ...own }) => Host.claudePlatformAws(own),
} satisfies ChainHostKind<ClaudePlatformAwsChainHost>;

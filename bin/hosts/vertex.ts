import * as v from 'valibot';
import { object, pattern, text } from '../../lambda/schema/schema-parts';
import { Host } from '../../lib/hosts/host';
import { VERTEX_FORMS } from '../../lib/hosts/vertex/vertex-forms';
import { serviceAccountEmail } from '../../lib/hosts/vertex/vertex-names';
import type { GoogleProject } from '../../lib/hosts/vertex/google-project';
import { type ChainHostKind, type HostSurroundings, namedHost, type NamedHost } from './chain-host';

export interface VertexChainHost extends NamedHost {
  readonly host: 'vertex';
  /** `global`, `us`, `eu` or a region. @default 'global' */
  readonly location?: string;
  /** Ids of models there, used as they stand. @default - the model table's */
  readonly modelIds?: Readonly<Record<string, string>>;
}

/** Whom Google knows the router by. */
export function googleIdentity(google: GoogleProject | undefined) {
  if (google === undefined) throw new Error('a Vertex host needs a Google project');
  const { projectId, projectNumber, poolId, providerId, serviceAccountId } = google;
  const serviceAccount = serviceAccountId && serviceAccountEmail(serviceAccountId, projectId);
  return { projectId, projectNumber, poolId, providerId, serviceAccount };
}

export const lacksGoogle = ({ google }: HostSurroundings, at: string): string | undefined =>
  google === undefined
    ? `google: missing; ${at} is a Vertex host and needs { projectId, projectNumber } of its project`
    : undefined;

export const vertex = {
  schema: object('Google Vertex AI', {
    host: v.literal('vertex'),
    ...namedHost,
    location: v.optional(pattern(...VERTEX_FORMS.location)),
    modelIds: v.optional(
      v.record(v.string(), text("the model's id there"), 'must be an object from model to id: ids of models there'),
    ),
  }),
  create: ({ host: _, ...own }, { google }) => Host.vertex({ ...googleIdentity(google), ...own }),
  lacks: lacksGoogle,
} satisfies ChainHostKind<VertexChainHost>;

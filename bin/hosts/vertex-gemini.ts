import * as v from 'valibot';
import { object, pattern } from '../../lambda/schema/schema-parts';
import { Host } from '../../lib/hosts/host';
import { VERTEX_FORMS } from '../../lib/hosts/vertex/vertex-forms';
import type { ChainHostKind } from './chain-host';
import { lastResortEntry, type LastResortEntry } from './other-host';
import { googleIdentity, lacksGoogle } from './vertex';

export interface VertexGeminiOtherHost extends LastResortEntry {
  readonly host: 'vertex-gemini';
  /** `global`, `us`, `eu` or a region. @default 'global' */
  readonly location?: string;
}

export const vertexGemini = {
  schema: object('Gemini on Vertex AI', {
    host: v.literal('vertex-gemini'),
    ...lastResortEntry,
    location: v.optional(pattern(...VERTEX_FORMS.location)),
  }),
  create: ({ name, location }, { google, prices }) =>
    Host.gemini({ ...googleIdentity(google), name, location, prices }),
  lacks: lacksGoogle,
} satisfies ChainHostKind<VertexGeminiOtherHost>;

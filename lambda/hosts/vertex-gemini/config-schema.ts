import * as v from 'valibot';
import { object } from '../../schema/schema-parts';
import { hostEntries } from '../host-schema';
import { googlePlace } from '../vertex/config-schema';

export const vertexGeminiSchema = {
  config: object('Gemini on Vertex AI', { ...hostEntries, kind: v.literal('vertex-gemini'), ...googlePlace }),
};

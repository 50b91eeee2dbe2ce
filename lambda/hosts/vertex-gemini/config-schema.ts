import * as v from 'valibot';
import { object } from '../../schema/schema-parts';
import { otherHostEntries } from '../other/host-entries';
import { googlePlace } from '../vertex/config-schema';

export const vertexGeminiSchema = {
  config: object('Gemini on Vertex AI', { ...otherHostEntries, kind: v.literal('vertex-gemini'), ...googlePlace }),
};

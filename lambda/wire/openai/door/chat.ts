import { ChunkWriter } from './answer/chunk-writer';
import { fromMessage } from './answer/from-message';
import type { DoorDialect } from './door-dialect';
import { toMessagesRequest } from './request/to-messages';

/** Chat Completions. */
export const askInChat: DoorDialect = (bytes, modelOf, isCached) => {
  const { includeUsage, ...asked } = toMessagesRequest(bytes, modelOf, isCached);
  return { ...asked, whole: fromMessage, writer: (created) => new ChunkWriter(includeUsage, created) };
};

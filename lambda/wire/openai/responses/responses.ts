import type { DoorDialect } from '../door/door-dialect';
import { fromMessage } from './answer/from-message';
import { ResponseWriter } from './answer/response-writer';
import { toAskedResponse } from './request/to-messages';

/** Responses, without a memory. */
export const askInResponses: DoorDialect = (bytes, modelOf, isCached) => {
  const asked = toAskedResponse(bytes, modelOf, isCached);
  return {
    ...asked,
    whole: (message, created) => fromMessage(message, asked, created),
    writer: (created) => new ResponseWriter(asked, created),
  };
};

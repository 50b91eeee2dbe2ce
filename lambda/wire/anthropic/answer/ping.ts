import { encodeSse } from '../../sse-events';

export const PING = encodeSse('ping', '{"type":"ping"}');

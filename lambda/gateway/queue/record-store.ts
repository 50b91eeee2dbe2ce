import type { ObjectStore } from '../../aws/object-store';
import {
  type LateAnswer,
  MOST_HEAD_BYTES,
  readAnswerRecord,
  readRequestRecord,
  type RequestHead,
  type WaitingRequest,
  written,
} from './record';

/** What waits, and what has been answered, by place. All reject when it cannot be used. */
export interface RecordStore {
  keep(place: string, request: WaitingRequest): Promise<void>;
  request(place: string): Promise<WaitingRequest | undefined>;
  /** Without its body, which may be large. */
  requestHead(place: string): Promise<RequestHead | undefined>;
  answer(place: string): Promise<LateAnswer | undefined>;
  /** The first answer to a request is its answer, whoever comes with another: says which it is. */
  settle(place: string, answer: LateAnswer): Promise<LateAnswer>;
}

const requestKey = (place: string): string => `requests/${place}`;
const answerKey = (place: string): string => `answers/${place}`;

export function recordStore(objects: ObjectStore): RecordStore {
  const answer = async (place: string): Promise<LateAnswer | undefined> => {
    const bytes = await objects.get(answerKey(place));
    return bytes && readAnswerRecord(bytes);
  };
  return {
    answer,
    async keep(place, request) {
      // One that is there already is the same: its place is drawn anew for each.
      await objects.putNew(requestKey(place), written(request));
    },
    async request(place) {
      const bytes = await objects.get(requestKey(place));
      return bytes && readRequestRecord(bytes);
    },
    async requestHead(place) {
      const bytes = await objects.get(requestKey(place), MOST_HEAD_BYTES);
      return bytes && readRequestRecord(bytes).head;
    },
    async settle(place, ours) {
      if (await objects.putNew(answerKey(place), written(ours))) return ours;
      const first = await answer(place);
      if (first === undefined) throw new Error('the answer that was there is gone');
      return first;
    },
  };
}

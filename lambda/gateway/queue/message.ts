import * as v from 'valibot';

/** What stands in the queue: never a prompt. */
const message = v.object({
  /** `answer`: ask the hosts. `notify`: tell the client that there is an answer. */
  task: v.picklist(['answer', 'notify']),
  place: v.pipe(v.string(), v.regex(/^\w+\/async_[\w-]+$/)),
});
export type Message = v.InferOutput<typeof message>;

export const messageText = (one: Message): string => JSON.stringify(one);

export const readMessage = (text: string): Message => v.parse(message, JSON.parse(text));

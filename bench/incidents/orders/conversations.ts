import type { Attack } from '../incident';
import { CONVERSATIONS, type Turn } from '../world/traffic';

/** Turns of a conversation; then its user begins another. */
const TURNS = 6;

/** Which conversation a turn is of, and how many turns it has had. Not all begin at once. */
export function placeOf({ number, conversation: user }: Turn): { readonly id: string; readonly turns: number } {
  const turns = Math.floor(number / CONVERSATIONS) + user;
  return { id: `${user}-${Math.floor(turns / TURNS)}`, turns: turns % TURNS };
}

/** Conversations that begin, go on and end, as an SDK sends them. */
export function conversing(asked: Turn): Attack {
  const { id, turns } = placeOf(asked);
  const opening = { role: 'user', content: `conversation ${id}` };
  const eachTurn = [
    { role: 'assistant', content: 'Yes?' },
    { role: 'user', content: 'Go on.' },
  ];
  return {
    fields: {
      system: `turn ${asked.number}.`,
      metadata: { user_id: `conversation-${id}` },
      messages: [opening, ...Array.from({ length: turns }, () => eachTurn).flat()],
    },
  };
}

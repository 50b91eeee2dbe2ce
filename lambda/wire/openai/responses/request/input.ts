import type { JsonObject } from '../../../../engine/json';
import { refuse } from '../../door/request/refuse';
import { type Conversation, Turns } from '../../door/request/turns';
import { readItem } from './items';

/**
 * The items of `input` as turns. Claude wants the results of calls right behind them, and all in one turn; here they may stand
 * anywhere later.
 */
export function toConversation({ input, instructions }: JsonObject, dropped: Set<string>): Conversation {
  const turns = new Turns();
  if (instructions && typeof instructions !== 'string') return refuse('instructions', 'it must be a string');
  if (instructions) turns.system.push({ type: 'text', text: instructions });
  const said = itemsOf(input).map((item, index) => readItem(item, `input[${index}]`, dropped));
  const results = new Map(said.flatMap((each) => (each.by === 'result' ? [[each.id, each.block]] : [])));
  let open: string[] = [];
  const give = (): void => {
    for (const id of open) take(id);
    open = [];
  };
  const take = (id: string): void => {
    const block = results.get(id);
    if (block) turns.add('user', [block]);
    results.delete(id);
  };
  for (const each of said) {
    switch (each.by) {
      case 'call':
        turns.add('assistant', [each.block]);
        open.push(each.id);
        break;
      case 'result':
        give();
        take(each.id);
        break;
      case 'system':
        turns.system.push(...each.blocks);
        break;
      default:
        if (each.by === 'user') give();
        turns.add(each.by, each.blocks);
    }
  }
  give();
  if (turns.turns.length === 0) return refuse('input', 'it must have a message');
  return turns;
}

function itemsOf(input: unknown): readonly unknown[] {
  if (typeof input === 'string') return [{ role: 'user', content: input }];
  return Array.isArray(input) ? input : refuse('input', 'it must be a string or an array of items');
}

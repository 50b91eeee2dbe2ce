import { MODELS } from '../requests/model-facts';
import { createShelf, type Shelf } from './shelf';

const ACTIVE = { lifecycle: 'active', deprecated_at: null, retires_at: null, capabilities: null } as const;

export type Model = ReturnType<typeof describe>;

const describe = (facts: (typeof MODELS)[number]) => ({
  type: 'model' as const,
  created_at: '2026-01-01T00:00:00Z',
  ...facts,
  ...ACTIVE,
});

export function createModelShelf(serves: (id: string) => boolean): Shelf<Model> {
  return createShelf(MODELS.filter(({ id }) => serves(id)).map(describe));
}

import { type KindFacts, MB } from '../kind-facts';

/** Whatever Anthropic runs itself: the wire is its own, so that nothing is lacking. */
export const ANTHROPIC_FACTS: KindFacts = { schema: 'current', maxBodyBytes: 32 * MB, lacks: [], leavesOut: [] };

import { type HostTraits, MB } from '../host-traits';

/** Whatever Anthropic runs itself: the wire is its own, so that nothing is lacking. */
export const ANTHROPIC_FACTS: HostTraits = { schema: 'current', maxBodyBytes: 32 * MB, lacks: [], leavesOut: [] };

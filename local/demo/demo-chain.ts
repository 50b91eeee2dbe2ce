import type { RouterConfig } from '../../lib/contract';
import type { Fault, SimulatedHost } from '../hosts';

/** A host as the page shows it. */
export interface DemoHost {
  readonly name: string;
  readonly title: string;
  readonly detail: string;
  /** Undefined for a real one, which cannot be broken from here. */
  readonly simulated: SimulatedHost | undefined;
}

/** What stands behind the gateway, in the order of the chain. */
export interface DemoChain {
  readonly hosts: readonly DemoHost[];
  readonly config: RouterConfig;
  /** What a client of the gateway sends as its key. */
  readonly key: string;
  /** The model of the demo's own requests. */
  readonly model: string;
  /** A simulated host that nothing goes through and nobody breaks: what an answer takes without the gateway. */
  readonly yardstick: SimulatedHost | undefined;
  close(): Promise<void>;
}

export interface FaultButton {
  readonly id: string;
  readonly label: string;
  readonly fault: Fault;
}

/** The buttons of every simulated host. */
export const SWITCHES: readonly FaultButton[] = [
  { id: 'overloaded', label: '529 overloaded', fault: { kind: 'overloaded' } },
  { id: 'rate-limit', label: '429 rate limit', fault: { kind: 'rate-limited', retryAfter: 5 } },
  { id: 'server-error', label: '500 server error', fault: { kind: 'server-error' } },
  { id: 'slow', label: 'Slow first token', fault: { kind: 'slow-first-token' } },
  { id: 'hang', label: 'Hang', fault: { kind: 'hang' } },
  { id: 'cut', label: 'Cut mid-stream', fault: { kind: 'cut' } },
  { id: 'credential', label: 'Expired credential', fault: { kind: 'expired-credential' } },
  { id: 'refused', label: 'Connection refused', fault: { kind: 'refused' } },
];

import type { GatewayResponse, IncomingRequest } from '../../engine/gateway';
import type { GatewayParts } from '../gateway-parts';
import type { Client } from '../plan/clients';
import type { BatchObjects } from './state/batch-objects';
import type { BatchTable } from './state/batch-table';
import type { Wake } from './wake';

/** Message Batches, as the endpoints need them. */
export interface Batches {
  readonly table: BatchTable;
  readonly objects: BatchObjects;
  readonly wake: Wake;
}

/** What the gateway knows of them. */
export interface BatchesDoor {
  serves(path: string): boolean;
  serve(parts: GatewayParts, request: IncomingRequest, method: string, client: Client): Promise<GatewayResponse>;
  close(): void;
}

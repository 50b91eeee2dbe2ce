import type { Host, HostCall } from '../engine/host';

/** What another model leaves in a conversation has one of these in it. */
const MARKS = ['another-model', 'toolu_another_'];

/** A host of Claude's, which is never shown what another model thought or signed: a conversation goes on there by itself. */
export function withOwnCalls(host: Host): Host {
  return {
    ...host,
    open: async (call, signal) => host.open(isPerhapsForeign(call) ? await ownCall(call) : call, signal),
  };
}

function isPerhapsForeign({ bytes }: HostCall): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return MARKS.some((mark) => text.includes(mark));
}

const ownCall = async (call: HostCall): Promise<HostCall> => (await import('./other/create-adapter')).ownCall(call);

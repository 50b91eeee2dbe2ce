import type { VirtualPlace } from '../../../local/virtual/virtual-transport';

/** Google's token service, which lets everybody in. */
export const googleTokens: VirtualPlace = {
  send: async () => ({ status: 200, headers: { 'content-type': 'application/json' }, body: token() }),
};

async function* token(): AsyncGenerator<Uint8Array> {
  yield Buffer.from(JSON.stringify({ access_token: 'scripted', expires_in: 3600 }));
}

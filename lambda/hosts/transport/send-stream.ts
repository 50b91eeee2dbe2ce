import type { ClientRequest } from 'node:http';
import type { StreamedBody } from '../../engine/host';

/** Sends a body at the host's pace. Rejects as the body does; a host that has heard enough is no error. */
export async function sendStream({ chunks }: StreamedBody, request: ClientRequest): Promise<void> {
  for await (const chunk of chunks) {
    if (request.destroyed) return;
    if (!request.write(chunk)) await drainedOrClosed(request);
  }
  request.end();
}

function drainedOrClosed(request: ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      request.off('drain', go);
      request.off('close', go);
      resolve();
    };
    request.on('drain', go);
    request.on('close', go);
  });
}

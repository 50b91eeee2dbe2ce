import { Transport, type Origin, type WireAnswer } from '../../../lambda/hosts/transport/transport';
import { GOOGLE } from './chain';
import type { ScriptedHost } from './scripted-host';

/** Leads to the scripted hosts, by their base URLs, and to Google's token service. */
export class ScriptedTransport extends Transport {
  constructor(private readonly hosts: ReadonlyMap<string, ScriptedHost>) {
    super();
  }

  override origin(baseUrl: string): Origin {
    const url = new URL(baseUrl);
    if (url.href === GOOGLE) return { url, basePath: '', send: googleToken };
    const host = this.hosts.get(url.hostname.split('.')[0]!);
    if (host === undefined) throw new Error(`nothing is scripted at ${baseUrl}`);
    return { url, basePath: '', send: (request, signal) => host.send(request, signal) };
  }
}

async function googleToken(): Promise<WireAnswer> {
  async function* body() {
    yield Buffer.from(JSON.stringify({ access_token: 'scripted', expires_in: 3600 }));
  }
  return { status: 200, headers: { 'content-type': 'application/json' }, body: body() };
}

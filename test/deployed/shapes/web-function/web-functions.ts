import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { forward } from '../../forward';
import { REGION } from '../../stack/test-config';
import type { MadeResource, Part, ResourceAsk } from '../outside';
import { Revision, webFunctionArn, type RevisionProperties, type RevisionWorld } from './revision';

type Weights = readonly { readonly revisionId: string; readonly weight: number }[];

export interface Endpoint {
  readonly domainName: string;
  weights: Weights;
  /** All that it has had, in order. */
  readonly history: Weights[];
  asked: number;
}

/** A stand-in for Lambda Web Functions, of which nobody has an emulator: written from the CDK's types and AWS's pages. */
export interface WebFunctions extends Part {
  /** By name, such as `prod`. */
  endpoint(name: string): Endpoint;
  /** That an endpoint sends most to. */
  serving(name: string): Revision;
  close(): Promise<void>;
}

const PATH = /^\/2025-03-07\/web-functions\/([^/]+)\/endpoints\/([^/]+)$/;
const gone = (physicalId: string): MadeResource => ({ physicalId, attributes: {} });
const HUNDRED = 100;

export function createWebFunctions(world: RevisionWorld): WebFunctions {
  const revisions = new Map<string, Revision>();
  const endpoints = new Map<string, Endpoint>();
  let made = 0;

  const keepers: Readonly<Record<string, (ask: ResourceAsk) => Promise<MadeResource>>> = {
    async 'AWS::Lambda::WebFunction'({ name }) {
      return { physicalId: name, attributes: { FunctionArn: webFunctionArn(name) } };
    },
    async 'AWS::Lambda::WebFunctionRevision'({ requestType, physicalId, properties }) {
      if (requestType === 'Delete') {
        await revisions.get(physicalId)?.stop();
        revisions.delete(physicalId);
        return gone(physicalId);
      }
      const id = String((made += 1));
      revisions.set(id, await Revision.create(id, properties as unknown as RevisionProperties, world));
      return { physicalId: id, attributes: { RevisionId: id } };
    },
    async 'AWS::Lambda::WebFunctionEndpoint'({ requestType, name, properties }) {
      const functionName = String(properties['FunctionName']).split('/').at(-1);
      const domainName = `${name}-${functionName}.lambda-web.${REGION}.on.aws`.toLowerCase();
      const endpoint = endpoints.get(name) ?? { domainName, weights: [], history: [], asked: 0 };
      if (requestType === 'Delete') endpoints.delete(name);
      else {
        endpoints.set(name, endpoint);
        const given = properties['RevisionWeights'] as readonly { RevisionId: string; Weight: number | string }[];
        shift(
          endpoint,
          given.map(({ RevisionId, Weight }) => ({ revisionId: RevisionId, weight: Number(Weight) })),
        );
      }
      return { physicalId: `${functionName}|${name}`, attributes: { DomainName: domainName } };
    },
  };

  function shift(endpoint: Endpoint, weights: Weights): void {
    const sum = weights.reduce((all, { weight }) => all + weight, 0);
    const unknown = weights.find(({ revisionId }) => !revisions.has(revisionId));
    if (sum !== HUNDRED || weights.length > 2 || unknown)
      throw new Error(`no endpoint takes ${JSON.stringify(weights)}`);
    endpoint.weights = weights;
    endpoint.history.push(weights);
  }

  /** Each in its turn, as often as its weight says. */
  function next(endpoint: Endpoint): Revision {
    const turn = ((endpoint.asked += 1) * 37) % HUNDRED;
    let passed = 0;
    const one = endpoint.weights.find(({ weight }) => turn < (passed += weight));
    return revisions.get(one!.revisionId)!;
  }

  return {
    keep: (ask) => keepers[ask.type]?.(ask),
    async serve(host, path, message, response) {
      const endpoint = [...endpoints.values()].find(({ domainName }) => domainName === host);
      if (endpoint === undefined) return false;
      let url: string;
      try {
        url = await next(endpoint).url();
      } catch {
        // What AWS answers for an environment that does not start, no page says.
        response
          .writeHead(502, { 'content-type': 'application/json' })
          .end('{"message":"the function does not start"}');
        return true;
      }
      await forward(message, response, new URL(path, url));
      return true;
    },
    call: (path, message, response) => control(path, message, response),
    endpoint: (name) => endpoints.get(name)!,
    serving(name) {
      const [heaviest] = [...endpoints.get(name)!.weights].sort((one, other) => other.weight - one.weight);
      return revisions.get(heaviest!.revisionId)!;
    },
    close: async () => void (await Promise.all([...revisions.values()].map((revision) => revision.recycle()))),
  };

  /** Lambda's own API, as far as a rollout calls it. */
  async function control(path: string, message: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const [, , name = ''] = PATH.exec(path) ?? [];
    if (name === '') return false;
    const endpoint = endpoints.get(decodeURIComponent(name));
    response.setHeader('content-type', 'application/json');
    if (endpoint === undefined) {
      response
        .writeHead(404, { 'x-amzn-errortype': 'ResourceNotFoundException' })
        .end('{"Message":"no such endpoint"}');
      return true;
    }
    if (message.method === 'PATCH') {
      shift(endpoint, ((await json(message)) as { revisionWeights: Weights }).revisionWeights);
    }
    const { domainName, weights: revisionWeights } = endpoint;
    response.end(JSON.stringify({ domainName, revisionWeights, updateStatus: 'Successful' }));
    return true;
  }
}

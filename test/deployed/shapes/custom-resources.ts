import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import type { SetUp } from '../set-up';
import { ACCOUNT, REGION } from '../stack/test-config';
import type { MadeResource, Outside, Part, ResourceAsk } from './outside';

/** What a function tells CloudFormation. */
interface Answer {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly Data?: Readonly<Record<string, string>>;
}

const HOST = 'cloudformation-custom-resource-response';
const STACK = `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/ClaudeFailover/emulated`;
/** Loaded before AWS's runtime client; the CDK's own functions find AWS's SDK as in Lambda. */
const WORLD = {
  NODE_OPTIONS: `--require ${join(__dirname, 'function-world.cjs')}`,
  NODE_PATH: join(__dirname, '../../../node_modules'),
};

/** CloudFormation's side of custom resources: the deployed function runs under AWS's own runtime client, with the rights of its role. */
export function customResources({ start, iam }: SetUp, outside: Outside, onLine: (line: string) => void): Part {
  const waiting = new Map<string, PromiseWithResolvers<Answer>>();

  const run = async ({ requestType, type, name, physicalId, properties }: ResourceAsk): Promise<MadeResource> => {
    // The deployment is under way: there are other policies than a moment ago.
    iam.forget();
    await iam.account();
    const id = randomUUID();
    const answered = Promise.withResolvers<Answer>();
    waiting.set(id, answered);
    const event = {
      RequestType: requestType,
      ResponseURL: `https://${HOST}/${id}`,
      StackId: STACK,
      RequestId: id,
      LogicalResourceId: name,
      ResourceType: type,
      ...(physicalId !== '' && { PhysicalResourceId: physicalId }),
      ResourceProperties: properties,
    };
    const fn = await start(String(properties['ServiceToken']), {
      environment: { ...WORLD, OUTSIDE_URL: outside.url },
      services: { lambda: outside.url },
      onLine,
    });
    try {
      await json(await fn.invoke(event));
      const { Status, Reason, PhysicalResourceId, Data = {} } = await answered.promise;
      if (Status === 'FAILED') throw new Error(Reason);
      return { physicalId: PhysicalResourceId, attributes: Data };
    } finally {
      await fn.close();
    }
  };

  return {
    keep: (ask) => (ask.type.startsWith('Custom::') ? run(ask) : undefined),
    async serve(host, path, message, response) {
      if (host !== HOST) return false;
      waiting.get(path.slice(1))?.resolve((await json(message)) as Answer);
      response.end();
      return true;
    },
  };
}

import { setUp, type SetUp } from '../set-up';
import { createBucketPolicies } from './bucket-policies';
import { customResources } from './custom-resources';
import { startOutside, type Outside } from './outside';
import { createWebFunctions, type WebFunctions } from './web-function/web-functions';

export interface ShapesSetUp extends SetUp {
  readonly outside: Outside;
  readonly webFunctions: WebFunctions;
  /** What functions and routers have logged. */
  readonly lines: readonly string[];
  readonly onLine: (line: string) => void;
  /** The key of a team, or of the gateway's own clients. */
  keyOf(team: string): Promise<string>;
}

/** An empty account, in which custom resources run and Web Functions have a stand-in. */
export async function setUpShapes(): Promise<ShapesSetUp> {
  const outside = await startOutside();
  const buckets = createBucketPolicies();
  outside.add(buckets);
  const stage = await setUp({ url: outside.url, bucketPolicies: buckets.policies });
  const lines: string[] = [];
  const onLine = (line: string): void => void lines.push(line);
  const { aws, awsUrl, iam, tools, scratch } = stage;
  const webFunctions = createWebFunctions({ aws, awsUrl, iam, python: tools.python, scratch, onLine });
  outside.add(customResources(stage, outside, onLine));
  outside.add(webFunctions);
  return {
    ...stage,
    cdk: {
      ...stage.cdk,
      async deploy(...what) {
        const deployment = await stage.cdk.deploy(...what);
        // Else the first requests wait until the policies are read, which takes as long as hosts may.
        await iam.account();
        return deployment;
      },
    },
    outside,
    webFunctions,
    lines,
    onLine,
    async keyOf(team) {
      const { items = [] } = await aws.apiGateway.getApiKeys({ includeValues: true });
      const key = items.find(({ description = '' }) => description.endsWith(team));
      if (key?.value === undefined) throw new Error(`${team} has no key`);
      return key.value;
    },
    async close() {
      await webFunctions.close();
      await stage.close();
      await outside.close();
    },
  };
}

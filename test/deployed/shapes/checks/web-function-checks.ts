import assert from 'node:assert/strict';
import type { Checks } from '../../../checks';
import { clearTable } from '../../gateway/start-deployed-gateway';
import { typescriptClient } from '../../clients/typescript-client';
import { assertReal } from '../../checks/deploy-checks';
import { askAs } from '../../question';
import type { Deployment } from '../../stack/cdk';
import type { ShapesSetUp } from '../set-up';
import { lost, startTraffic } from '../traffic';
import type { DrivenShape } from './shape-checks';

const CLIENTS_ENDPOINT = 'prod';

/** What clients of the deployed endpoint meet. */
export function drivenWebFunction({ outside, webFunctions, aws }: ShapesSetUp): DrivenShape {
  const revision = () => webFunctions.serving(CLIENTS_ENDPOINT);
  return {
    name: 'webFunction',
    url: outside.addressOf(webFunctions.endpoint(CLIENTS_ENDPOINT).domainName),
    healthTable: revision().healthTable,
    recycle: () => revision().recycle(),
    async forget() {
      await revision().recycle();
      await clearTable(aws, revision().healthTable);
    },
  };
}

/** Revisions that are worse than the one that serves stay out, by what the deployed rollout does; a good one takes over. */
export async function checkRollout({ check }: Checks, stage: ShapesSetUp): Promise<void> {
  const { cdk, chain, webFunctions, outside } = stage;
  const endpoint = webFunctions.endpoint(CLIENTS_ENDPOINT);
  const url = outside.addressOf(endpoint.domainName);
  const before = endpoint.weights;
  const key = await stage.keyOf('product');
  const nowhere = Object.fromEntries(Object.keys(chain.first).map((host) => [host, 'http://127.0.0.1:9']));

  const refusal = async (deploy: () => Promise<Deployment>, why: RegExp): Promise<void> => {
    const had = endpoint.history.length;
    const traffic = startTraffic(typescriptClient, url, key);
    await assert.rejects(deploy, why);
    const seen = await traffic.end();
    assert.ok(seen.length > 20, String(seen.length));
    assert.deepEqual(lost(seen), []);
    assert.deepEqual(endpoint.weights, before);
    assert.deepEqual(endpoint.history.slice(had), [], 'clients were sent to the new revision');
  };

  await check(
    'webFunction: a revision that does not start is refused, with the reason; the one before goes on serving',
    () =>
      refusal(
        () => cdk.deploy(chain.first, 'webFunction', { entry: 'missing.mjs' }),
        /does not start: its start report says Runtime\.ExitError/,
      ),
  );

  await check('webFunction: a revision none of whose hosts answers is refused; the one before goes on serving', () =>
    refusal(() => cdk.deploy(nowhere, 'webFunction'), /serves worse than the one before: .*anthropic/s),
  );

  await check(
    'webFunction: a good revision has a tenth, then all; no request is lost, and the old one finishes its own',
    async () => {
      const had = endpoint.history.length;
      const traffic = startTraffic(typescriptClient, url, key);
      const deployment = await cdk.deploy(chain.grown, 'webFunction');
      await assertReal(stage, deployment);
      const seen = await traffic.end();
      assert.deepEqual(lost(seen), []);
      const [old] = before;
      const shares = endpoint.history.slice(had).map((weights) => weights.map(({ weight }) => weight));
      assert.deepEqual(shares, [[90, 10], [100]]);
      assert.notEqual(endpoint.weights[0]?.revisionId, old?.revisionId);
      console.log(`        ${seen.length} answers meanwhile`);
      await stage.storeKeys();
      await drivenWebFunction(stage).recycle();
      const { headers } = await askAs(typescriptClient, { url }, key)({ headers: { 'x-failover-only': 'foundry' } });
      assert.equal(headers['x-failover-host'], 'foundry');
    },
  );
}

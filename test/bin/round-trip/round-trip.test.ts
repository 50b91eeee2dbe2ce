import { toJsonSchema } from '@valibot/to-json-schema';
import { App } from 'aws-cdk-lib';
import fc from 'fast-check';
import { checkConfig } from '../../../bin/check-config';
import { failoverConfigSchema } from '../../../bin/failover-config-schema';
import { GatewayStack } from '../../../bin/gateway-stack';
import type { FailoverConfig } from '../../../bin/failover-config';
import { terraformJson } from '../../lib/cdktf/terraform-json';
import { anyConfig } from './any-config';
import { readConfig } from './read-config';
import { unwritten, type Schema } from './unwritten';

const stackOf = (config: FailoverConfig): GatewayStack => new GatewayStack(new App(), checkConfig(config));

/** Where a server serves is vouched for to the residency, and no one else. */
const withoutPlace = <Host extends object>({ servedIn: _, ...host }: Host & { readonly servedIn?: string }) => host;

it('writes every field that failover.config.ts may have', () => {
  const schema = toJsonSchema(failoverConfigSchema, { typeMode: 'input', ignoreActions: ['check'] }) as Schema;
  // Hosts of other models have no way back from the stack here: gateway-stack.test.ts looks at what is made of each.
  // Two regions are two stacks: two-regions.test.ts. A trail is audit-config.test.ts's, what waits queue-config.test.ts's, and batches
  // are batches-config.test.ts's.
  expect(unwritten(schema, fc.sample(anyConfig, 50))).toEqual([
    'regions',
    'domain',
    'shape',
    'lastResort',
    'whenDown',
    'queue',
    'batches',
    'routes[].lastResort',
    'routes[].whenDown',
    'guardrail',
    'audit',
  ]);
});

it('whatever is written in failover.config.ts is in the stack, or on the Google side', () => {
  fc.assert(
    fc.property(anyConfig, ({ residency: _, ...config }) => {
      const chain = config.chain.map((host) => ('servedIn' in host ? withoutPlace(host) : host));
      expect(readConfig(stackOf(config), terraformJson(checkConfig(config)))).toEqual({ ...config, chain });
    }),
    // Each takes a second, so that looking for a smaller example would take minutes.
    { numRuns: 12, endOnFailure: true },
  );
}, 120_000);

it('a host that may serve anywhere is refused by the residency that is written, and by none other', () => {
  fc.assert(
    fc.property(anyConfig, ({ residency, models, account, region }) => {
      const config = { residency, models, account, region, chain: [{ host: 'anthropic' }], pageEmails: [] } as const;
      const named = new RegExp(`'residency' ${residency.toUpperCase()} is left by `);
      if (residency === 'anywhere') expect(() => stackOf(config)).not.toThrow();
      else expect(() => stackOf(config)).toThrow(named);
    }),
    { numRuns: 15, endOnFailure: true },
  );
});

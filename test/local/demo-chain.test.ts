import { createHash } from 'node:crypto';
import { ENV } from '../../lib/contract';
import { parseConfig } from '../../lambda/gateway/config/config';
import { createDemoFaults } from '../../local/demo/demo-faults';
import { SWITCHES, type DemoChain } from '../../local/demo/demo-chain';
import { findRealChain } from '../../local/demo/real-chain';
import { Scoreboard } from '../../local/demo/scoreboard';
import { startSimulatedChain } from '../../local/demo/simulated-chain';
import { createTraffic } from '../../local/demo/traffic';

const quiet = { quick: true };
const names = ({ hosts }: { readonly hosts: readonly { readonly name: string }[] }) => hosts.map(({ name }) => name);

/** Without its gateway. */
function demoOf(chain: DemoChain) {
  const gateway = 'http://127.0.0.1:9';
  const board = new Scoreboard('anthropic', Date.now);
  const traffic = createTraffic(gateway, chain, board);
  return { traffic, demo: createDemoFaults({ chain, board, traffic, isSteady: true }) };
}

describe('with simulated hosts', () => {
  test('the chain is Anthropic, Bedrock in two regions and Vertex, in a configuration the router takes', async () => {
    const chain = await startSimulatedChain(quiet, {});
    try {
      const config = parseConfig(JSON.stringify(chain.config));
      expect(config.routes[0]?.chain).toEqual(['anthropic', 'bedrock-us-east-1', 'bedrock-us-west-2', 'vertex']);
      expect(config.hosts.map(({ endpoint }) => endpoint)).toEqual(chain.hosts.map(({ simulated }) => simulated?.url));
      expect(config.models).toContain(chain.model);
    } finally {
      await chain.close();
    }
  });

  test('real credentials in the environment are replaced, so that no simulated host can be sent one', async () => {
    const env = { AWS_ACCESS_KEY_ID: 'real', AWS_SECRET_ACCESS_KEY: 'real', AWS_SESSION_TOKEN: 'real' };
    await (await startSimulatedChain(quiet, env)).close();
    expect(Object.values(env)).not.toContain('real');
    expect(env).toMatchObject({ AWS_EC2_METADATA_DISABLED: 'true', AWS_REGION: 'us-east-1' });
  });

  test('a switch breaks its host, and healing it ends that', async () => {
    const chain = await startSimulatedChain(quiet, {});
    const { demo } = demoOf(chain);
    try {
      for (const { id, fault } of SWITCHES) {
        expect(await demo.act('fault', { host: 'vertex', fault: id })).toBe(true);
        expect(chain.hosts[3]?.simulated?.fault).toBe(fault);
        expect((await demo.state()).hosts[3]?.fault).toBe(id);
      }
      expect(await demo.act('fault', { host: 'vertex', fault: null })).toBe(true);
      const { hosts } = await demo.state();
      expect(hosts.map(({ fault }) => fault)).toEqual([null, null, null, null]);
    } finally {
      await chain.close();
    }
  });

  test.each([
    ['fault', { host: 'nowhere', fault: 'hang' }],
    ['fault', { host: 'vertex', fault: 'fire' }],
    ['commit', { mode: 'never' }],
    ['explode', {}],
    ['constructor', {}],
  ])('an action that makes no sense does nothing: %s %j', async (action, values) => {
    const chain = await startSimulatedChain(quiet, {});
    const { demo, traffic } = demoOf(chain);
    expect(await demo.act(action, values)).toBe(false);
    expect(traffic.commit).toBe('complete');
    expect((await demo.state()).hosts.every(({ fault }) => fault === null)).toBe(true);
    await chain.close();
  });
});

describe('with real hosts', () => {
  const find = (env: Record<string, string>) => findRealChain(env);

  it('asks its clients for a key that is new each time: a page in a browser must not spend the user’s money', () => {
    const [first, second] = [find({ ANTHROPIC_API_KEY: 'sk-ant-1' }), find({ ANTHROPIC_API_KEY: 'sk-ant-1' })];
    const keySha256 = createHash('sha256').update(first.key).digest('hex');
    expect(first.config.clients).toEqual([{ name: 'you', keySha256 }]);
    expect(second.key).not.toBe(first.key);
  });

  test('every host for which there are credentials stands in the chain, in a configuration the router takes', () => {
    const env = { ANTHROPIC_API_KEY: 'k', AWS_PROFILE: 'p', GOOGLE_CLOUD_PROJECT: 'my-project' };
    const chain = find(env);
    expect(names(chain)).toEqual(['anthropic', 'bedrock-us-east-1', 'bedrock-us-west-2', 'vertex']);
    expect(chain.missing).toEqual([]);
    expect(parseConfig(JSON.stringify(chain.config)).models).toContain(chain.model);
  });

  test('Bedrock outside the US is asked in the region of the environment alone', () => {
    expect(names(find({ AWS_ACCESS_KEY_ID: 'a', AWS_REGION: 'eu-central-1' }))).toEqual(['bedrock-eu-central-1']);
    expect(names(find({ AWS_ACCESS_KEY_ID: 'a', AWS_REGION: 'us-east-2' }))).toEqual([
      'bedrock-us-east-1',
      'bedrock-us-west-2',
    ]);
  });

  test('for each host that is missing it says what to set', () => {
    const { missing } = find({ ANTHROPIC_API_KEY: 'k' });
    expect(missing).toEqual([
      expect.stringMatching(/^Amazon Bedrock: set AWS_ACCESS_KEY_ID/),
      expect.stringMatching(/^Google Vertex AI: set GOOGLE_CLOUD_PROJECT/),
    ]);
  });

  test('without any credentials it says what to set for each host', () => {
    expect(() => find({})).toThrow(
      /no credentials for any host[^]*ANTHROPIC_API_KEY[^]*AWS_ACCESS_KEY_ID[^]*GOOGLE_CLOUD_PROJECT/,
    );
  });

  test('no key stands in the configuration', () => {
    const { config } = find({ ANTHROPIC_API_KEY: 'sk-ant-very-secret' });
    expect(JSON.stringify({ [ENV.CONFIG]: config })).not.toContain('very-secret');
  });
});

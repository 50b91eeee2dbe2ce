import { METRICS } from '../../lib/contract';
import type { GoogleSide } from '../../local/hosts';
import { until } from '../local/hosts/caller';
import { ENV, GOOGLE } from './host-setups';
import { useGateway } from './harness';
import { BODY, post } from './raw-client';
import { useWrittenLines } from './written-lines';

const start = useGateway();
const { written, logged, sum } = useWrittenLines();

const telemetry = { logs: true, metrics: true };
const [session] = GOOGLE.sessions;
const sessionAs = (change: object) => ({ sessions: [{ ...session!, ...change }] });

it('answers by a token of the real exchange: AWS confirms the signature, Google the audience and the role', async () => {
  const gateway = await start({ chain: ['vertex', 'anthropic'], config: { telemetry } });
  const { status, headers } = await post(gateway, BODY);
  expect([status, headers.get('x-failover-trace')]).toEqual([200, 'vertex:ok']);
  expect(sum(METRICS.credentialFailures)).toBe(0);
});

const CLOSED: readonly [what: string, google: Partial<GoogleSide>, step: string][] = [
  ['the pool is not there', { audience: `${GOOGLE.audience}-of-another-name` }, 'no such workload identity pool'],
  [
    'the pool lets in another role',
    { letsIn: ['arn:aws:sts::111122223333:assumed-role/other'] },
    'does not let this role in',
  ],
  [
    'the pool lets in another account',
    { letsIn: ['arn:aws:sts::999999999999:assumed-role/ClaudeFailover-router'] },
    'does not let this role in',
  ],
  ["the role's credentials are expired", sessionAs({ expired: true }), 'credentials are expired or not valid'],
  [
    'the signature is of another key',
    sessionAs({ secretAccessKey: 'another' }),
    'AWS did not confirm who the router is',
  ],
  ['AWS does not know the session', sessionAs({ sessionToken: 'another' }), 'AWS did not confirm who the router is'],
  ['the token API is disabled', { missing: ['sts-api'] }, 'enable this API'],
  ['the API for service accounts is disabled', { missing: ['iamcredentials-api'] }, 'enable this API'],
  ['the role may not act as the service account', { missing: ['impersonation-role'] }, 'has no permission for this'],
  ['the Vertex AI API is disabled', { missing: ['aiplatform-api'] }, 'enable this API'],
  ['the role may not predict', { missing: ['predict-role'] }, 'has no permission for this'],
];

it.each(CLOSED)(
  'when %s, the next host answers, the alarm hears of it and the log names the step',
  async (_, change, step) => {
    const gateway = await start({
      chain: ['vertex', 'anthropic'],
      google: { ...GOOGLE, ...change },
      config: { telemetry },
    });
    const { status, headers } = await post(gateway, BODY);
    expect([status, headers.get('x-failover-trace')]).toEqual([200, 'vertex:credential, anthropic:ok']);
    await until(() => logged('request').length > 0, 'the request is logged');
    expect(sum(METRICS.credentialFailures)).toBe(1);
    expect(logged('attempt')[0]).toMatchObject({
      host: 'vertex',
      outcome: 'credential',
      detail: expect.stringContaining(step) as string,
    });
    for (const secret of [ENV.AWS_SECRET_ACCESS_KEY, ENV.AWS_SESSION_TOKEN, 'ya29.', 'Signature=']) {
      expect(written().join('\n')).not.toContain(secret);
    }
  },
);

it("when the organization's policy forbids the model, the next host answers and the log names the policy", async () => {
  const google = { ...GOOGLE, missing: ['allowed-models'] } as const;
  const gateway = await start({ chain: ['vertex', 'anthropic'], google, config: { telemetry } });
  const { status, headers } = await post(gateway, BODY);
  expect([status, headers.get('x-failover-trace')]).toEqual([200, 'vertex:host-config, anthropic:ok']);
  await until(() => logged('request').length > 0, 'the request is logged');
  expect(logged('attempt')[0]).toMatchObject({
    detail: expect.stringContaining("the organization's policy vertexai.allowedModels does not allow") as string,
  });
});

it('tells a client without another host nothing of the project', async () => {
  const gateway = await start({ chain: ['vertex'], google: { ...GOOGLE, missing: ['aiplatform-api'] } });
  const { status, text } = await post(gateway, BODY);
  expect(status).toBe(502);
  expect(text).toContain("the gateway's credential for host 'vertex' was refused");
  expect(text).not.toContain('123456789012');
});

import assert from 'node:assert/strict';
import { CANARY_METRICS } from '../../../lib/contract';
import type { Checks } from '../../checks';
import { resourcesOf, type Deployment } from '../stack/cdk';

/** What the emulator takes and does not keep: on the very template that was deployed. */
export async function checkTemplate({ check }: Checks, deployment: Deployment): Promise<void> {
  const propertiesOf = (type: string) => resourcesOf(deployment, type).map(({ Properties = {} }) => Properties);

  await check('not kept by the emulator, so seen in the template: integrations stream', () => {
    for (const { Integration } of propertiesOf('AWS::ApiGateway::Method')) {
      assert.equal((Integration as { ResponseTransferMode?: string }).ResponseTransferMode, 'STREAM');
    }
  });

  await check(
    'not kept by the emulator, so seen in the template: functions run on arm64, with their own log group',
    () => {
      for (const { Architectures, LoggingConfig } of propertiesOf('AWS::Lambda::Function')) {
        assert.deepEqual(Architectures, ['arm64']);
        assert.ok((LoggingConfig as { LogGroup?: unknown }).LogGroup);
      }
    },
  );

  await check('not kept by the emulator, so seen in the template: the stage logs who asked, and traces', () => {
    for (const { AccessLogSetting, TracingEnabled } of propertiesOf('AWS::ApiGateway::Stage')) {
      assert.match((AccessLogSetting as { Format: string }).Format, /\$context\.identity\.apiKeyId/);
      assert.equal(TracingEnabled, true);
    }
  });

  await check('not kept by the emulator, so seen in the template: only silence is waited for before it counts', () => {
    const warming = propertiesOf('AWS::CloudWatch::Alarm').filter((alarm) => 'WarmUpConfiguration' in alarm);
    assert.deepEqual(
      warming.map(({ MetricName, WarmUpConfiguration }) => ({ MetricName, WarmUpConfiguration })),
      [{ MetricName: CANARY_METRICS.runs, WarmUpConfiguration: { WarmUpPeriodDurationInMinutes: 5 } }],
    );
  });

  await check('not done by the emulator, so seen in the template: CodeDeploy moves the alias, after the hook', () => {
    const [alias] = resourcesOf(deployment, 'AWS::Lambda::Alias');
    assert.ok(alias?.UpdatePolicy?.CodeDeployLambdaAliasUpdate?.BeforeAllowTrafficHook);
  });

  await check('not kept by the emulator, so seen in the template: what the stack made goes with it', () => {
    const types = ['AWS::SecretsManager::Secret', 'AWS::DynamoDB::GlobalTable', 'AWS::Logs::LogGroup'];
    for (const resource of types.flatMap((type) => resourcesOf(deployment, type))) {
      assert.equal(resource.DeletionPolicy, 'Delete');
    }
  });
}

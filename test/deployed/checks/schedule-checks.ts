import type { Rule, Target } from '@aws-sdk/client-eventbridge';
import assert from 'node:assert/strict';
import type { Checks } from '../../checks';
import { mayFollow } from '../iam/aws-acts';
import { openInbox } from '../alarms/inbox';
import type { Invoked, SetUp } from '../set-up';
import { resourcesOf, type Deployment } from '../stack/cdk';
import { ACCOUNT, REGION } from '../stack/test-config';

/** What runs by the clock, run once as the clock would. */
export async function checkSchedules({ check }: Checks, stage: SetUp, deployment: Deployment): Promise<void> {
  const { aws } = stage;
  const { Rules = [] } = await aws.eventBridge.listRules({});
  const scheduled = await Promise.all(
    Rules.map(async (rule) => {
      const { Targets = [] } = await aws.eventBridge.listTargetsByRule({ Rule: rule.Name });
      return { rule, target: Targets[0] };
    }),
  );

  await check('every rule has its schedule, and a function that it may call', async () => {
    const wanted = resourcesOf(deployment, 'AWS::Events::Rule').map(({ Properties = {} }) => Properties);
    assert.deepEqual(
      Rules.map(({ ScheduleExpression, State }) => `${ScheduleExpression} ${State}`).sort(),
      wanted.map(({ ScheduleExpression, State }) => `${String(ScheduleExpression)} ${String(State)}`).sort(),
    );
    for (const { rule, target } of scheduled) {
      const { Policy = '' } = await aws.lambda.getPolicy({ FunctionName: target?.Arn });
      assert.ok(Policy.includes(rule.Arn ?? ''), `${rule.Name} may not call ${target?.Arn}`);
    }
  });

  await check(
    'the key reminder, run as its rule runs it, tells the owners of the placeholder in the secret',
    async () => {
      const { Topics = [] } = await aws.sns.listTopics({});
      const inbox = await openInbox(
        aws,
        Topics.map(({ TopicArn = '' }) => TopicArn),
      );
      try {
        const { lines } = await runRule(stage, /KeyReminder/);
        assert.equal(inbox.notices.length, 1, lines.join('\n'));
        assert.match(inbox.notices[0]?.TopicArn ?? '', /NoticeTopic/);
        assert.equal(inbox.notices[0]?.Subject, 'Claude failover: keys to look after');
        assert.match(
          inbox.notices[0]?.Message ?? '',
          /still has its placeholder.*put-secret-value --secret-id arn:aws:/s,
        );
      } finally {
        await inbox.close();
      }
    },
  );
}

/** Runs what a rule calls, as EventBridge does. */
export async function runRule(stage: SetUp, name: RegExp): Promise<Invoked> {
  const { aws, iam } = stage;
  const { Rules = [] } = await aws.eventBridge.listRules({});
  const rule = Rules.find((each) => name.test(each.Name ?? ''));
  const { Targets = [] } = await aws.eventBridge.listTargetsByRule({ Rule: rule?.Name });
  const [target] = Targets;
  assert.ok(rule && target?.Arn, String(name));
  await mayFollow(iam, rule.Arn, target.Arn);
  return stage.invoke(target.Arn, inputOf(rule, target));
}

/** The target's own input, or EventBridge's event. */
function inputOf(rule: Rule, { Input }: Target): object {
  if (Input !== undefined) return JSON.parse(Input) as object;
  return {
    version: '0',
    id: '00000000-0000-0000-0000-000000000000',
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: ACCOUNT,
    time: new Date().toISOString(),
    region: REGION,
    resources: [rule.Arn],
    detail: {},
  };
}

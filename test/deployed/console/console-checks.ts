import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { findStack } from '../../../bin/cli/find-stack';
import { awsSource } from '../../../bin/console/aws-source';
import { type OpenConsole, startConsole } from '../../../console/server/start-console';
import type { Look } from '../../../console/api';
import type { Found, Series, SetUpView } from '../../../console/source';
import type { Journey } from '../../../console/view/journey';
import type { Checks } from '../../checks';
import { awsEnv } from '../aws';
import { keyOf } from '../question';
import type { SetUp } from '../set-up';
import type { Deployment } from '../stack/cdk';
import { REGION } from '../stack/test-config';
import { startAwsWithInsights } from './aws-with-insights';
import { withPage } from './browser';
import { type Incident, startIncident } from './incident';
import { checkRights } from './rights';

const PAGE = pathToFileURL(`${join(__dirname, '../../../console/dist')}/`);
const HOUR_MS = 3_600_000;
const PATIENCE_MS = 20_000;

/** The console over the deployed stack, in an outage of the first host: each view by the server, then in a browser. */
export async function checkConsole(checks: Checks, stage: SetUp, deployment: Deployment): Promise<void> {
  const incident = await startIncident(stage, deployment);
  const at = Date.now() / 1000;
  const history = [
    {
      AlarmName: incident.alarm,
      Timestamp: at - 60,
      HistoryItemType: 'StateUpdate',
      HistorySummary: 'Alarm updated from OK to ALARM',
    },
  ];
  const aws = await startAwsWithInsights(stage.emulator.url, incident.lines, history);
  const before = { ...process.env };
  Object.assign(process.env, awsEnv(aws.url), { AWS_MAX_ATTEMPTS: '1' });
  try {
    const found = await findStack({ stack: deployment.stackName, region: REGION });
    // The name of API Gateway's endpoint leads nowhere here.
    const stack = { ...found.stack, url: incident.gateway.url, key: keyOf(incident.gateway, 'product') };
    const source = await awsSource({ ...found, stack });
    const opened = await startConsole({ sources: [source], canOperate: true, port: 0, page: PAGE, everyMs: 1000 });
    try {
      await checkViews(checks, opened, incident);
      await checkBrowser(checks, opened, incident);
      await checkRights(checks, stage, aws.asked);
    } finally {
      await opened.close();
    }
  } finally {
    process.env = before;
    await aws.close();
    await incident.close();
  }
}

async function checkViews({ check }: Checks, { origin, token }: OpenConsole, { alarm }: Incident): Promise<void> {
  const get = async <T>(path: string): Promise<T> => {
    const answer = await fetch(`${origin}/api/${path}`, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(answer.status, 200, path);
    return (await answer.json()) as T;
  };
  const [{ gateway }] = await get<readonly [Look]>('now');
  const span = (): string =>
    new URLSearchParams({ gateway, from: String(Date.now() - HOUR_MS), to: String(Date.now()) }).toString();

  await check(
    'the console names the host that is overloaded, who answers for it, and the alarm that is on',
    async () => {
      const [{ now, headline, cost }] = await get<readonly [Look]>('now');
      assert.match(headline?.text ?? '', /anthropic is overloaded; bedrock-us-east-1 answers for it/);
      assert.deepEqual(
        now?.links.map(({ host }) => host),
        ['anthropic', 'bedrock-us-east-1', 'bedrock-us-west-2'],
      );
      assert.deepEqual([now.traffic.requests, now.traffic.failed], [7, 0]);
      assert.ok(now.traffic.firstContent);
      assert.deepEqual(
        now.alarms.map(({ id }) => id),
        [alarm.split('/').at(-1)],
      );
      assert.match(now.alarms[0]?.text ?? '', /\nRunbook: https:/);
      assert.ok(cost.hourUsd < 0.05 && cost.spentUsd > 0);
    },
  );

  await check('the console finds the rescued requests, and the way of one of them', async () => {
    const { lines, costUsd } = await get<Found>(`requests?${span()}&isTroubled=true`);
    assert.ok(costUsd > 0);
    const rescued = lines.find(({ attempts }) => attempts === 2);
    assert.equal(rescued?.host, 'bedrock-us-east-1');
    const { steps } = await get<Journey>(`journey?${span()}&requestId=${rescued?.requestId}`);
    assert.deepEqual(
      steps.map(({ host, outcome }) => [host, outcome]),
      [
        ['anthropic', 'overloaded'],
        ['bedrock-us-east-1', 'ok'],
      ],
    );
  });

  await check('the console tells the last hour, with reasons, cost and the alarm that fired', async () => {
    const { buckets, alarms } = await get<Series>(`series?${span()}&everyMs=60000`);
    assert.equal(
      buckets.reduce((sum, { requests }) => sum + requests, 0),
      7,
    );
    assert.ok(buckets.some(({ reasons }) => (reasons['anthropic:overloaded'] ?? 0) > 0));
    assert.ok(buckets.some(({ costUsd }) => costUsd > 0));
    assert.equal(alarms.length, 1);
  });

  await check('the console shows how the stack is set up, without a digest, and what the doctor finds', async () => {
    const { config, clients, models, findings } = await get<SetUpView>(`set-up?${span()}`);
    assert.ok(clients.includes('product') && models.length === 1);
    assert.doesNotMatch(JSON.stringify(config), /sha256/i);
    assert.ok(findings.some(({ subject, status }) => subject.startsWith('stack:') && status === 'ok'));
  });
}

async function checkBrowser({ check }: Checks, { url }: OpenConsole, { ask }: Incident): Promise<void> {
  await check('in a browser: the outage, a request’s waterfall, and a drain that the router obeys', () =>
    withPage(url, async (page) => {
      await page.locator('.banner h1', { hasText: 'anthropic is overloaded' }).waitFor();
      await page.getByRole('link', { name: 'Requests' }).click();
      await page.locator('[role=option].rescued', { hasText: 'anthropic:overloaded' }).first().click();
      await page.locator('.waterfall .steps li.bad', { hasText: 'anthropic' }).waitFor();
      await page.locator('.waterfall .steps li.ok', { hasText: 'bedrock-us-east-1' }).waitFor();
      await page.getByRole('link', { name: 'Act' }).click();
      await page.locator('.act-form select').first().selectOption('bedrock-us-east-1');
      await page.getByRole('button', { name: 'Show what it will do' }).click();
      await page.locator('.preview .does', { hasText: 'bedrock-us-east-1 takes no requests' }).waitFor();
      await page.getByRole('button', { name: 'Do it' }).click();
      await page.locator('.preview .done', { hasText: 'Done, until' }).waitFor();
      // The router reads the table every 5 seconds, beside a request.
      for (const until = Date.now() + PATIENCE_MS; ; await sleep(500)) {
        const { headers } = await ask();
        if (headers['x-failover-trace']?.includes('bedrock-us-east-1:skipped-drained')) break;
        assert.ok(Date.now() < until, `the router has not seen the drain: ${headers['x-failover-trace']}`);
      }
      await page.getByRole('link', { name: 'Now' }).click();
      await page.locator('main', { hasText: /drained/ }).waitFor();
    }),
  );
}

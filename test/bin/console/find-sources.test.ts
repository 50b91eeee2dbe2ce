import { findSources } from '../../../bin/console/find-sources';
import { recordingServer } from '../../hosts/recording-server';
import { NAME } from './aws-answers';
import { gatewayInAws, type GatewayInAws } from './gateway-in-aws';

const OTHER = { region: 'eu-central-1', stack: 'ClaudeFailover-eu-central-1' };
const PAIR = { name: 'claude.example.com', other: OTHER, healthCheck: 'h', checkSeconds: 10, checkFailures: 3 };
const NOT_THERE =
  '<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id Nope does not exist</Message></Error></ErrorResponse>';
let gateway: GatewayInAws;
afterEach(() => gateway.close());

test('of a stack that is not there it is said where it was looked for, and how to name another', async () => {
  gateway = await gatewayInAws([]);
  const aws = await recordingServer((response) => response.writeHead(400).end(NOT_THERE));
  process.env['AWS_ENDPOINT_URL_CLOUDFORMATION'] = aws.url;
  await expect(findSources({ stack: ['Nope'], region: 'us-east-1' })).rejects.toThrow(
    'Stack with id Nope does not exist in us-east-1: name the stack with --stack, and where it is with --region',
  );
  await aws.close();
});

test('of two regions one name is enough, and both together cost less than 0.05 USD an hour', async () => {
  gateway = await gatewayInAws([], { pair: PAIR });
  const sources = await findSources({ stack: [NAME], region: 'us-east-1' });
  expect(sources.map((source) => source.gateway)).toEqual([
    'ClaudeFailover in us-east-1',
    'ClaudeFailover-eu-central-1 in eu-central-1',
  ]);
  expect(sources.reduce((sum, source) => sum + source.cost().hourUsd, 0)).toBeLessThan(0.05);
});

test('a stack that is named twice is looked at once', async () => {
  gateway = await gatewayInAws([]);
  expect(await findSources({ stack: [NAME, NAME], region: 'us-east-1' })).toHaveLength(1);
});

import { APIGateway } from '@aws-sdk/client-api-gateway';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { Lambda } from '@aws-sdk/client-lambda';
import { Route53 } from '@aws-sdk/client-route-53';
import { S3 } from '@aws-sdk/client-s3';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SNS } from '@aws-sdk/client-sns';
import type { AwsSession } from '../../local/hosts';
import { REGION } from './stack/test-config';

type Credentials = Pick<AwsSession, 'accessKeyId' | 'secretAccessKey' | 'sessionToken'>;
/** Of the tests themselves, whom nobody asks what they may do. */
const CREDENTIALS: Credentials = { accessKeyId: 'emulated', secretAccessKey: 'emulated' };

export type Aws = ReturnType<typeof awsClients>;

/** AWS's own clients, spoken to the emulator. */
export function awsClients(endpoint: string, region = REGION) {
  const config = { endpoint, region, credentials: CREDENTIALS };
  return {
    apiGateway: new APIGateway(config),
    cloudFormation: new CloudFormation(config),
    cloudWatch: new CloudWatch(config),
    dynamoDb: new DynamoDB(config),
    eventBridge: new EventBridge(config),
    lambda: new Lambda(config),
    route53: new Route53(config),
    s3: new S3({ ...config, forcePathStyle: true }),
    scheduler: new Scheduler(config),
    secretsManager: new SecretsManager(config),
    sns: new SNS(config),
  };
}

/** By which every tool and every AWS SDK talks to the emulator, and to nothing else. */
export const awsEnv = (endpoint: string, credentials: Credentials = CREDENTIALS) => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_ENDPOINT_URL_API_GATEWAY: endpoint,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  ...(credentials.sessionToken !== undefined && { AWS_SESSION_TOKEN: credentials.sessionToken }),
  AWS_REGION: REGION,
  AWS_DEFAULT_REGION: REGION,
  AWS_EC2_METADATA_DISABLED: 'true',
});

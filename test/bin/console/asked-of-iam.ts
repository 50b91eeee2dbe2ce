import { ACCOUNT } from './aws-answers';

export interface Asked {
  readonly action: string;
  readonly resource: string;
}

/** A call as it arrives at AWS. */
interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

/** What IAM is asked for by it. */
export function askedOfIam({ headers, body, path, method }: Call): Asked {
  const [, region = '', service = ''] =
    /\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/.exec(String(headers['authorization'])) ?? [];
  const target =
    String(headers['x-amz-target'] ?? '')
      .split('.')
      .at(-1) ?? '';
  const form = new URLSearchParams(String(body));
  const fields = target === '' ? {} : (JSON.parse(String(body)) as Readonly<Record<string, string>>);
  const operation = target || form.get('Action') || '';
  const arn = (of: string, resource: string): string => `arn:aws:${of}:${region}:${ACCOUNT}:${resource}`;
  switch (service) {
    case 'cloudformation':
      return {
        action: `cloudformation:${operation}`,
        resource: arn('cloudformation', `stack/${form.get('StackName')}/1`),
      };
    case 'dynamodb':
      return { action: `dynamodb:${operation}`, resource: arn('dynamodb', `table/${fields['TableName']}`) };
    case 'monitoring':
      return { action: `cloudwatch:${operation}`, resource: '*' };
    case 'logs': {
      const group = fields['logGroupName'];
      return { action: `logs:${operation}`, resource: group === undefined ? '*' : arn('logs', `log-group:${group}:*`) };
    }
    case 'sns':
      return { action: `sns:${operation}`, resource: form.get('TopicArn') ?? '' };
    case 'firehose':
      return {
        action: `firehose:${operation}`,
        resource: arn('firehose', `deliverystream/${fields['DeliveryStreamName']}`),
      };
    case 'lambda':
      return { action: 'lambda:GetFunctionConfiguration', resource: decodeURIComponent(path.split('/')[3] ?? '') };
    case 'apigateway':
      return { action: `apigateway:${method}`, resource: `arn:aws:apigateway:${region}::${path.split('?')[0]}` };
    case 'bedrock': {
      const name = OF_BEDROCK.find(([pattern]) => pattern.test(path))?.[1];
      return { action: `bedrock:${name}`, resource: '*' };
    }
    default:
      return { action: `${service}:${operation}`, resource: '*' };
  }
}

const OF_BEDROCK = [
  [/^\/use-case-for-model-access/, 'GetUseCaseForModelAccess'],
  [/^\/foundation-model-availability/, 'GetFoundationModelAvailability'],
  [/^\/inference-profiles/, 'GetInferenceProfile'],
] as const;

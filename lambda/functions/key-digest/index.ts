import * as v from 'valibot';
import { readApiKey } from '../../aws/api-keys';
import { readSecret } from '../../aws/secrets';
import { customResource } from '../custom-resource/custom-resource';
import { putAnswer } from '../custom-resource/put-answer';
import { digestsOf } from './digests';

const properties = v.object({
  ApiKeyIds: v.optional(v.array(v.string()), []),
  SecretArns: v.optional(v.array(v.string()), []),
});
const { env } = process;

/** At deployment: by what a router knows the keys of its clients, where no API Gateway knows them for it. */
export const handler = customResource((given) => {
  const { ApiKeyIds: apiKeyIds, SecretArns: secretArns } = v.parse(properties, given);
  return digestsOf(
    { apiKeyIds, secretArns },
    { apiKey: (id) => readApiKey(id, env), secret: (arn) => readSecret(arn, true, env) },
  );
}, putAnswer);

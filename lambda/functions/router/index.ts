import type { APIGatewayProxyEvent } from 'aws-lambda';
import { loadConfig } from '../../gateway/config/config';
import { createRouter } from '../../gateway/create-router';
import { lambdaRequest } from './lambda-request';
import { writeBody } from '../../gateway/write-body';

// Outside the handler: a bad configuration fails the deployment's first start, never the first outage.
const router = createRouter(await loadConfig(process.env), process.env);

/** Behind API Gateway REST with response streaming. */
export const handler = awslambda.streamifyResponse<APIGatewayProxyEvent>(async (event, stream, context) => {
  const gone = new AbortController();
  stream.once('error', () => gone.abort());
  stream.once('close', () => gone.abort());
  const request = lambdaRequest(event, context);
  const response = await router.handle(request, gone.signal);
  const out = awslambda.HttpResponseStream.from(stream, { statusCode: response.status, headers: response.headers });
  await writeBody(response.body, out, gone.signal, router.settle);
});

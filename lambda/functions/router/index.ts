import { loadConfig } from '../../gateway/config/load-config';
import { createRouter } from '../../gateway/create-router';
import { createHandler } from './handler';

// Outside the handler: a bad configuration fails the deployment's first start, never the first outage.
const router = createRouter(await loadConfig(process.env), process.env);

export const handler = awslambda.streamifyResponse(createHandler(router));

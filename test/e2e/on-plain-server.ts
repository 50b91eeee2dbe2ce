import { isBehindLambda } from './front-door';

/** API Gateway takes 10 MB, and text for text: what of a body only the plain server ever sees. */
export const onPlainServer = isBehindLambda ? it.skip : it;

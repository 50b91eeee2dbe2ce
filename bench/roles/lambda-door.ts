import { pathToFileURL } from 'node:url';
import { startFrontDoor } from '../../local/front-door/front-door';
import { loadLambda } from '../../local/front-door/lambda-shim';
import { answerParent } from './child';

/** The function as it is deployed, behind the shim that stands in for API Gateway and Lambda's runtime. */
export async function start(): Promise<void> {
  const { url } = await startFrontDoor(await loadLambda(pathToFileURL(String(process.env['MODULE']))), 0);
  answerParent(Number(new URL(url).port));
}

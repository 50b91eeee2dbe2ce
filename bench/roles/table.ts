import { startHealthTable } from '../../local/health-table/health-table';
import { answerParent } from './child';

export const TABLE = 'bench';
/** As DynamoDB takes from the same region. */
const DELAY_MS = 5;

/** The routers' table, as far away as AWS's. */
export async function start(): Promise<void> {
  const table = await startHealthTable(TABLE);
  table.setDelay(DELAY_MS);
  answerParent(Number(new URL(table.endpoint).port));
}

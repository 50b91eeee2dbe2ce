import type { Clock } from '../../../lambda/core/clock';
import { createOperations, TableError } from '../../../local/health-table/table-operations';

export const HEALTH_TABLE = 'health';

type Fetch = typeof fetch;

/** AWS's own services as the functions call them: the health table. A call to anything else fails. */
export function simulatedAws(clock: Clock): Fetch {
  const table = createOperations(HEALTH_TABLE, () => clock.now());
  return async (url, { headers, body } = {}) => {
    const target = new Headers(headers).get('x-amz-target') ?? '';
    const operation = table[target.replace(/^DynamoDB_20120810\./, '')];
    if (operation === undefined) throw new Error(`nothing is simulated at ${String(url)} for ${target}`);
    try {
      return Response.json(operation(JSON.parse(String(body))));
    } catch (error) {
      if (!(error instanceof TableError)) throw error;
      const { type, message, status } = error;
      return Response.json({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message }, { status });
    }
  };
}

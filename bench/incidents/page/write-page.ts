import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ordersPage, type OrdersMeasured } from '../orders/orders-page';
import type { IncidentResults } from '../run-rows';
import { incidentsPage } from './incidents-page';
import { incidentsPicture } from './incidents-picture';

/** `docs/incidents.md` and its picture, in the folder of documentation that is named. */
export async function writePage(results: IncidentResults, docs = 'docs'): Promise<void> {
  const style = await resolveConfig('docs/incidents.md');
  writeFileSync(join(docs, 'incidents.md'), await format(incidentsPage(results), { ...style, parser: 'markdown' }));
  writeFileSync(join(docs, 'images/incidents.svg'), incidentsPicture(results));
}

/** `docs/order.md`, there. */
export async function writeOrdersPage(measured: OrdersMeasured, docs = 'docs'): Promise<void> {
  const style = await resolveConfig('docs/order.md');
  writeFileSync(join(docs, 'order.md'), await format(ordersPage(measured), { ...style, parser: 'markdown' }));
}

/** Writes docs/incidents.md with its picture, and docs/order.md, from the data, into another folder if one is named: `npm run docs:incidents`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import orders from './orders/results.json';
import { writeOrdersPage, writePage } from './page/write-page';
import results from './results.json';

const [folder = 'docs'] = process.argv.slice(2);
mkdirSync(join(folder, 'images'), { recursive: true });
void writePage(results, folder);
void writeOrdersPage(orders, folder);

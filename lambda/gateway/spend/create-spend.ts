import { ENV } from '../../../lib/contract';
import { dynamoTable } from '../../aws/dynamo-table';
import { UsualAnswers } from '../../engine/allowance/usual';
import { Windows } from '../../engine/allowance/window';
import type { Clock, Random } from '../../engine/time/clock';
import type { Planner } from '../plan/plan-request';
import type { Env } from '../../runtime/require-env';
import type { Telemetry } from '../telemetry/telemetry';
import type { usageFigures } from '../telemetry/usage-figures';
import { accountStoreOf } from './table/account-store';
import type { AccountState } from '../../engine/allowance/account-state';
import { Allowances } from './table/allowances';
import { memoryBooks, tableBooks } from './table/books';
import { memoryLedger, tableLedger } from './batched/batch-ledger';
import { KnownLimits } from './limits/known-limits';
import { limitStoreOf, type LimitStore } from './limits/limit-store';
import { Limits } from './limits/limits';
import { memoryStore } from './table/memory-store';
import { Operating } from './wire/operating';
import { Prices } from './prices';
import { Reserving } from './reserving';
import { Spend } from './spend';
import { createTelling } from './telling';

const TIMEOUT_MS = 2000;
/** What was spent can be looked at for a while after its window. */
const KEPT_MS = 40 * 86_400_000;
/** Where no region has a name, there is only one. */
const ONLY = 'local';

/** What the router has when it starts, and lends. */
interface SpendWorld {
  readonly clock: Clock;
  readonly random: Random;
  readonly telemetry: Telemetry;
  readonly figures: typeof usageFigures;
}

/** Without a table every process counts for itself. */
export function createSpend(planner: Planner, env: Env, { clock, random, telemetry, figures }: SpendWorld): Spend {
  const { config, models } = planner;
  const { timeZone = 'UTC', tableDown = 'open' } = config.spend ?? {};
  const name = env[ENV.HEALTH_TABLE];
  const table = name ? dynamoTable(name, env, TIMEOUT_MS) : undefined;
  const expires = (): number => Math.ceil((clock.now() + KEPT_MS) / 1000);
  const items = new Map<string, AccountState>();
  const store = table ? accountStoreOf(table, expires) : memoryStore(items);
  const region = env['AWS_REGION'] ?? ONLY;
  const windows = new Windows(timeZone);
  const limitStore: LimitStore | undefined = table && limitStoreOf(table);
  const telling = createTelling(telemetry, clock);
  const process = Array.from({ length: 8 }, () => Math.floor(random() * 36).toString(36)).join('');
  const limits = new KnownLimits(new Limits(config, models), limitStore, clock, telemetry.alone);
  const books = table ? tableBooks(table, region) : memoryBooks(items);
  return new Spend({
    prices: new Prices(planner, figures),
    isUnknownFree: config.spend?.unknownPrice === 'free',
    clock,
    limits,
    operating: new Operating({ config, models, limits, limitStore, books, windows, clock, alone: telemetry.alone }),
    allowances: new Allowances({
      store,
      clock,
      windows,
      process,
      place: random(),
      region,
    }),
    reserving: new Reserving(tableDown === 'open', clock, telling),
    usual: new UsualAnswers(),
    batchLedger: table ? tableLedger(table, clock, telemetry.alone) : memoryLedger(),
    telling,
  });
}

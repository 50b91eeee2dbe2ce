import { batches, prices } from '../../docs/prices.json';

const { alarmMetric, customMetric, lambdaGbSecond, lambdaRequest, scheduled } = prices;

const wakeUsd =
  scheduled.usd / scheduled.per + lambdaRequest.usd / lambdaRequest.per + batches.wakeSeconds * lambdaGbSecond.usd;

/** That a worker of 1 GB is woken once a minute for a batch that ends within this time. */
export const batchUsd = (minutes: number): number => minutes * wakeUsd;

/** Two alarms. */
export const idleBatchesUsd = 2 * alarmMetric.usd;

/** A metric, an alarm, and a batch a day, in a month. Its tokens are a few, at half price. */
export const batchCanaryUsd = customMetric.usd + alarmMetric.usd + 30 * batchUsd(batches.usualMinutes);

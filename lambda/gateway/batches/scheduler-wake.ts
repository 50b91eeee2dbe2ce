import type { BatchSchedules } from '../../../lib/contract';
import { createSchedule, deleteSchedule } from '../../aws/batches/schedules';
import type { Env } from '../../runtime/require-env';
import type { Wake } from './wake';

/** A minute is nothing to a batch, and is the least that EventBridge Scheduler knows. */
const EVERY = 'rate(1 minutes)';

/** All that a worker has to do with schedules. */
export const schedulerEnd = (group: string, env: Env): Pick<Wake, 'end'> => ({
  end: ({ batch }) => deleteSchedule(group, batch, env),
});

/** A schedule for each batch that has not ended, by its id: whoever looks at the group sees what is under way. */
export function schedulerWake({ group, workerArn, roleArn }: BatchSchedules, env: Env): Wake {
  return {
    begin: (work) =>
      createSchedule(
        {
          group,
          name: work.batch,
          expression: EVERY,
          targetArn: workerArn,
          roleArn,
          input: JSON.stringify(work),
        },
        env,
      ),
    ...schedulerEnd(group, env),
    nudge: () => {},
    close: () => {},
  };
}

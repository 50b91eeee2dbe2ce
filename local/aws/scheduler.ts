import type { IncomingMessage, ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { isRecord } from '../json';
import { listen } from '../hosts/host-listener';

/** EventBridge Scheduler on loopback, which keeps schedules and fires none. */
export interface SimulatedScheduler {
  readonly endpoint: string;
  /** What each schedule would send, as JSON, by its name. */
  readonly schedules: ReadonlyMap<string, string>;
  isBroken: boolean;
  close(): Promise<void>;
}

export async function startScheduler(): Promise<SimulatedScheduler> {
  const schedules = new Map<string, string>();
  const scheduler = { isBroken: false };

  const answer = async (message: IncomingMessage): Promise<[status: number, body: object]> => {
    const text = await readText(message);
    const url = new URL(message.url ?? '/', 'http://scheduler');
    const name = /^\/schedules\/([\w.-]{1,64})$/.exec(url.pathname)?.[1];
    if (scheduler.isBroken) return [500, { Message: 'InternalServerException' }];
    if (name === undefined) return [404, { Message: 'unknown' }];
    if (message.method === 'DELETE') {
      return schedules.delete(name) ? [200, {}] : [404, { Message: `Schedule ${name} does not exist.` }];
    }
    if (schedules.has(name)) return [409, { Message: `Schedule ${name} already exists.` }];
    const schedule: unknown = JSON.parse(text);
    const target = isRecord(schedule) && isRecord(schedule['Target']) ? schedule['Target'] : {};
    schedules.set(name, String(target['Input']));
    return [200, { ScheduleArn: `arn:aws:scheduler:us-east-1:111122223333:schedule/batches/${name}` }];
  };

  const handle = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [status, body] = await answer(message);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

  const listener = await listen(0, (message, response) => void handle(message, response));
  return Object.assign(scheduler, {
    endpoint: `http://127.0.0.1:${listener.port}`,
    schedules,
    close: listener.shut,
  });
}

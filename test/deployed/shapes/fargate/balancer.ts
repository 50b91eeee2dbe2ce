import { createServer } from 'node:http';
import { openServer, type OpenServer } from '../../../../local/loopback/open-server';
import { forward } from '../../forward';
import type { ServerProcess } from '../server-process';

interface Target {
  readonly task: ServerProcess;
  underWay: number;
  readonly left: PromiseWithResolvers<void>;
  isLeaving: boolean;
}

/** An Application Load Balancer, as far as its target group is deployed: who has fewest under way is asked next. */
export interface Balancer extends OpenServer {
  /** Healthy by its own check before it is asked anything. */
  register(task: ServerProcess): Promise<void>;
  /** It gets no new request from now on. Resolves when its last answer is out. */
  deregister(task: ServerProcess): Promise<void>;
  /** Answers that it has given by itself: 502 and 503. */
  readonly ownErrors: number;
}

export interface TargetGroup {
  readonly HealthCheckPath: string;
  readonly HealthyThresholdCount: number;
}

export async function startBalancer({ HealthCheckPath, HealthyThresholdCount }: TargetGroup): Promise<Balancer> {
  const targets = new Map<ServerProcess, Target>();
  let ownErrors = 0;
  const next = (): Target | undefined => {
    const open = [...targets.values()].filter(({ isLeaving }) => !isLeaving);
    const fewest = Math.min(...open.map(({ underWay }) => underWay));
    // Among equals the first: a client that asks one thing after the other meets one process, and what that has learned.
    return open.find(({ underWay }) => underWay === fewest);
  };
  const server = createServer({ requestTimeout: 0 }, (message, response) => {
    const target = next();
    if (target === undefined) {
      ownErrors += 1;
      return void response.writeHead(503).end();
    }
    target.underWay += 1;
    forward(message, response, new URL(message.url ?? '/', target.task.url))
      .catch(() => {
        if (response.headersSent) return void response.destroy();
        ownErrors += 1;
        response.writeHead(502).end();
      })
      .finally(() => {
        target.underWay -= 1;
        if (target.isLeaving && target.underWay === 0) target.left.resolve();
      });
  });
  const opened = await openServer(server);
  return {
    ...opened,
    get ownErrors() {
      return ownErrors;
    },
    async register(task) {
      for (let passed = 0; passed < HealthyThresholdCount; passed += 1) {
        const { status } = await fetch(`${task.url}${HealthCheckPath}`);
        if (status !== 200) throw new Error(`${HealthCheckPath} says ${status}`);
      }
      targets.set(task, { task, underWay: 0, left: Promise.withResolvers(), isLeaving: false });
    },
    async deregister(task) {
      const target = targets.get(task)!;
      target.isLeaving = true;
      if (target.underWay > 0) await target.left.promise;
      targets.delete(task);
    },
  };
}

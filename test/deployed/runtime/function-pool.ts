import type { Readable } from 'node:stream';
import type { DeployedFunction } from './deployed-function';
import { startEnvironment, type Environment, type EnvironmentOptions } from './environment';

/** A function that scales as on Lambda: one process for each request at a time, kept for the next. */
export interface FunctionPool {
  readonly fn: DeployedFunction;
  /** The raw response, as soon as it begins. Waits for a process when all are busy. */
  invoke(event: object): Promise<Readable>;
  /** Processes that have been started. */
  readonly started: number;
  /** Ends the idle processes, so that the next request meets a new one, which knows nothing yet. */
  recycle(): Promise<void>;
  close(): Promise<void>;
}

export interface PoolOptions extends EnvironmentOptions {
  /** Most processes, which is the function's concurrency. */
  readonly poolSize: number;
}

export function createFunctionPool(fn: DeployedFunction, { poolSize, ...options }: PoolOptions): FunctionPool {
  const environments = new Set<Environment>();
  const idle: Environment[] = [];
  const waiting: PromiseWithResolvers<Environment>[] = [];
  let starting = 0;
  let started = 0;
  let isClosed = false;

  /** A request whose client has left may still be waiting for its process when nobody is there to end that. */
  const failClosed = (): void => {
    if (isClosed) throw new Error(`the processes of ${fn.name} have been ended`);
  };

  const acquire = async (): Promise<Environment> => {
    failClosed();
    for (let free = idle.pop(); free; free = idle.pop()) {
      if (!free.ended) return free;
      environments.delete(free);
    }
    if (environments.size + starting >= poolSize) {
      const turn = Promise.withResolvers<Environment>();
      waiting.push(turn);
      return turn.promise;
    }
    starting += 1;
    try {
      const environment = await startEnvironment(fn, options);
      started += 1;
      environments.add(environment);
      if (isClosed) await environment.close();
      failClosed();
      return environment;
    } finally {
      starting -= 1;
    }
  };

  const release = (environment: Environment): void => {
    const next = waiting.shift();
    if (!environment.ended) {
      if (next) next.resolve(environment);
      else idle.push(environment);
      return;
    }
    environments.delete(environment);
    next?.resolve(acquire());
  };

  return {
    fn,
    get started() {
      return started;
    },
    async invoke(event) {
      const environment = await acquire();
      try {
        const response = await environment.invoke(event);
        response.once('close', () => release(environment));
        return response;
      } catch (error) {
        release(environment);
        throw error;
      }
    },
    async recycle() {
      const old = idle.splice(0);
      for (const environment of old) environments.delete(environment);
      await Promise.all(old.map((environment) => environment.close()));
    },
    async close() {
      isClosed = true;
      await Promise.all([...environments].map((environment) => environment.close()));
    },
  };
}

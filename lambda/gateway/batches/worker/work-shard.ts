import { BATCHES_DEFAULTS } from '../batches-defaults';
import {
  answered,
  attempting,
  again,
  disowned,
  ended,
  made,
  moved,
  notMade,
  queued,
  sealed,
  settled,
  stopping,
} from '../../../engine/batches/shard-moves';
import { isLast, isLost, nextStep, openOf, type Shard, type Step, type Terms } from '../../../engine/batches/shard';
import { type BatchJob, type BatchPlace, PlaceError } from '../../../hosts/batches/batch-place';
import { hostOfJobs } from '../../../hosts/batches/create-place';
import { errorText } from '../../../runtime/error-text';
import { errored, type BatchResult } from '../../../wire/anthropic/batches/batch-result';
import { type BatchRecord, expiresAt, tokenOf } from '../state/batch-record';
import type { KeptRequest } from '../state/batch-objects';
import type { Kept } from '../state/batch-table';
import { askRouter } from './ask-router';
import { outcomeOf } from './outcome';
import { sealResults } from './seal-results';
import type { WorkerParts } from './worker-parts';

/** Until then a job whose making had no answer may still appear at its host. */
const APPEARS_MS = 60_000;
/** Longer than any single call takes that is worth waiting for. */
const CALL_MS = 120_000;

/** Another worker was faster: what this one has done is done again by that one, or was done by it before. */
export class Outdated extends Error {
  override readonly name = 'Outdated';
}

/** One shard, as far as it gets before it has to wait for somebody. Whoever is killed between two steps has lost nothing but time. */
export class ShardWork {
  #requests: Promise<readonly KeptRequest[]> | undefined;
  #version: number;
  shard: Shard;

  constructor(
    private readonly parts: WorkerParts,
    private readonly record: BatchRecord,
    private readonly at: number,
    { value, version }: Kept<Shard>,
    /** When the worker has to be done. */
    private readonly until: number,
  ) {
    this.shard = value;
    this.#version = version;
  }

  async run(): Promise<Shard> {
    let step = this.#next();
    while (step.kind !== 'nothing' && this.parts.clock.now() < this.until && (await this.#perform(step))) {
      step = this.#next();
    }
    return this.shard;
  }

  get name() {
    return { batch: this.record.id, shard: this.at };
  }

  #next(): Step {
    return nextStep(this.shard, this.#terms());
  }

  #terms(): Terms {
    const { config, clock } = this.parts;
    return {
      now: clock.now(),
      expiresAt: expiresAt(this.record),
      isCancelled: this.record.cancelledAt !== undefined,
      patienceMs: config.batches?.patienceMs ?? BATCHES_DEFAULTS.patienceMs,
    };
  }

  /** False where there is nothing more to do for now. */
  async #perform(step: Exclude<Step, { kind: 'nothing' }>): Promise<boolean> {
    switch (step.kind) {
      case 'create':
        return this.#create(step.place);
      case 'find':
        return this.#find(step);
      case 'look':
        return this.#look(step);
      case 'ask':
        return this.#ask();
      case 'settle':
        return this.#save(settled(this.shard, step.as));
      case 'seal':
        await sealResults(this.parts.objects, this.name, this.shard, await this.#kept());
        await this.#save(sealed(this.shard));
        await this.parts.objects.tidy(this.name);
        return false;
    }
  }

  async #create(name: string): Promise<boolean> {
    const { clock } = this.parts;
    const place = this.parts.place(name);
    if (place === undefined) return this.#save(moved(this.shard, clock.now()));
    // The last place is waited for: a drain ends.
    if (await this.parts.isDrained(name))
      return isLast(this.shard) ? false : this.#save(moved(this.shard, clock.now()));
    const requests = await this.#kept();
    if (place.takes?.(openOf(this.shard).length) === false) return this.#save(moved(this.shard, clock.now()));
    await this.#save(attempting(this.shard, clock.now()));
    const job = this.#job(requests);
    try {
      await this.#save(made(this.shard, { ...(await place.make(job, limit())), since: job.since }));
      return false;
    } catch (error) {
      if (error instanceof Outdated) throw error;
      this.#trouble(`asking ${name} to take it`, error);
      return error instanceof PlaceError ? this.#refused(error, job) : false;
    }
  }

  /** What the place has said stands as the answer of whoever gets no better one. */
  async #refused({ refusal, said, line }: PlaceError, job: BatchJob): Promise<boolean> {
    if (refusal === 'unknown') return false;
    const { objects, clock } = this.parts;
    const now = clock.now();
    if (refusal === 'busy' || refusal === 'full') {
      const before = this.shard.at;
      const { patienceMs } = this.#terms();
      await this.#save(refusal === 'full' ? queued(this.shard, patienceMs, now) : notMade(this.shard, false, now));
      return this.shard.at > before;
    }
    const alone = line === undefined ? undefined : job.requests[line]?.index;
    const told = alone === undefined ? job.requests.map(({ index }) => index) : [alone];
    const result = errored(said.type, said.message);
    await objects.putAnswers(this.name, this.shard.round, new Map(told.map((index) => [index, result])));
    if (alone === undefined) return this.#save(notMade(this.shard, true, now));
    return this.#save(again(answered(this.shard, { marks: new Map([[alone, 'errored']]), costUsd: 0 })));
  }

  async #find({ place: name, job }: Extract<Step, { kind: 'find' }>): Promise<boolean> {
    const { clock } = this.parts;
    const place = this.parts.place(name);
    if (place === undefined) return this.#save(moved(this.shard, clock.now()));
    try {
      const found = await place.find(this.#job(await this.#kept()), job.not ?? [], limit());
      if (found) return this.#save(made(this.shard, { ...job, ...found }));
    } catch (error) {
      this.#trouble(`asking ${name} whether it has it`, error);
      return isLost(this.shard, this.#terms()) ? this.#save(moved(this.shard, clock.now())) : false;
    }
    const now = clock.now();
    if (now < job.since + APPEARS_MS) return false;
    return this.#save(notMade(this.shard, false, now));
  }

  async #look({ place: name, id, job, stop }: Extract<Step, { kind: 'look' }>): Promise<boolean> {
    const { clock } = this.parts;
    const place = this.parts.place(name);
    const now = clock.now();
    if (place === undefined) return this.#save(moved(this.shard, now));
    const ofPlace = { id, ...(job.key !== undefined && { key: job.key }) };
    try {
      if (stop) {
        await place.stop(ofPlace, limit());
        await this.#save(stopping(this.shard));
      }
      const state = await place.look(ofPlace, limit());
      if (typeof state === 'object') this.#trouble(`waiting for ${name}`, new Error(state.failed));
      if (typeof state === 'object' || state === 'ended') return await this.#takeIn(name, place, ofPlace);
      if (state === 'gone') return await this.#save(moved(this.shard, now));
    } catch (error) {
      if (error instanceof Outdated) throw error;
      this.#trouble(`asking ${name} how far it is`, error);
    }
    return isLost(this.shard, this.#terms()) ? this.#save(moved(this.shard, now)) : false;
  }

  async #takeIn(name: string, place: BatchPlace, ofPlace: { id: string; key?: string }): Promise<boolean> {
    const { objects, config, clock } = this.parts;
    const requests = await this.#kept();
    const job = this.#job(requests);
    const results = await place.results(ofPlace, job, limit());
    if (results === undefined) return this.#save(disowned(this.shard));
    await objects.putAnswers(this.name, this.shard.round, results);
    const host = config.hosts.find((each) => each.name === name);
    const asJobs = host && hostOfJobs(host, config.batches?.jobs?.[name]);
    await this.#save(ended(this.shard, outcomeOf(results, requests, asJobs), clock.now()));
    // Should nobody come to it any more, the bucket's own rule removes it.
    await place.tidy?.(job, limit()).catch((error: unknown) => this.#trouble(`removing what ${name} has left`, error));
    return true;
  }

  async #ask(): Promise<boolean> {
    const requests = await this.#kept();
    const answers: ReadonlyMap<number, BatchResult> = await askRouter(this.parts, {
      name: this.name,
      record: this.record,
      round: this.shard.round,
      requests: openOf(this.shard).map((index) => ({ index, ...requests[index]! })),
      until: this.until,
    });
    // Counted by the router itself, as any request.
    const { marks } = outcomeOf(answers, requests, undefined);
    await this.#save(answered(this.shard, { marks, costUsd: 0 }));
    return openOf(this.shard).length === 0;
  }

  /** What is open of it, in the form of a job. */
  #job(requests: readonly KeptRequest[]): BatchJob {
    const { job, round } = this.shard;
    return {
      name: `${tokenOf(this.record.id)}-${this.at}-${round}`,
      model: requests[0]?.model ?? '',
      requests: openOf(this.shard).map((index) => ({ index, params: requests[index]!.params })),
      headers: this.record.headers,
      since: job?.since ?? this.parts.clock.now(),
    };
  }

  #kept(): Promise<readonly KeptRequest[]> {
    return (this.#requests ??= this.parts.objects.requests(this.name));
  }

  async #save(next: Shard): Promise<boolean> {
    const isOurs = await this.parts.table.writeShard(this.record.id, this.at, next, this.#version);
    if (!isOurs) throw new Outdated();
    this.shard = next;
    this.#version += 1;
    return true;
  }

  #trouble(what: string, error: unknown): void {
    this.parts.report.trouble(this.record.id, this.at, what, errorText(error));
  }
}

const limit = (): AbortSignal => AbortSignal.timeout(CALL_MS);

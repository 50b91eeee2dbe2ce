import type { FigureEntry, FigureName, RouterEntry } from '../../../lib/contract';
import type { Link } from '../chain/plan';
import { Figure, type FigureHabits } from './figure';

const HABITS: Readonly<Record<FigureName, FigureHabits>> = {
  'first-content': { heaviest: 1 / 8, leap: 1.5 },
  // From a tenth to more than one within a conversation: no single answer says much.
  'prompt-price': { heaviest: 1 / 20 },
};
const KEPT_MS = 86_400_000;

type Of = Pick<Link, 'host' | 'healthScope'>;

/** Figures of each host and model, by which orders go. */
export class Figures {
  /** By name and model, then by host. */
  readonly #figures = new Map<string, Map<string, Figure>>();

  /** `tell`: what other processes should know. */
  constructor(private readonly tell: (entry: FigureEntry) => void) {}

  value(name: FigureName, { host, healthScope }: Of, turns: number, now: number): number | undefined {
    return this.#hosts(name, healthScope).get(host.name)?.value(turns, now);
  }

  /** The least of all hosts for the same model: of one that nobody has tried, the best may be thought. */
  least(name: FigureName, { healthScope }: Pick<Of, 'healthScope'>, turns: number, now: number): number | undefined {
    const values = [...this.#hosts(name, healthScope).values()].flatMap((figure) => figure.value(turns, now) ?? []);
    return values.length > 0 ? Math.min(...values) : undefined;
  }

  sample(name: FigureName, { host, healthScope: scope }: Of, value: number, now: number): void {
    const news = this.#figure(name, host.name, scope).sample(value, now);
    if (news) this.tell({ type: 'figure', name, host: host.name, scope, ...news, until: now + KEPT_MS });
  }

  /** What others have told. Nothing of it is told on. */
  learn(entries: readonly RouterEntry[], now: number): void {
    for (const entry of entries) {
      if (entry.type !== 'figure' || entry.until <= now) continue;
      this.#figure(entry.name, entry.host, entry.scope).learn(entry, now);
    }
  }

  #figure(name: FigureName, host: string, scope: string): Figure {
    const hosts = this.#hosts(name, scope);
    let figure = hosts.get(host);
    if (figure === undefined) {
      figure = new Figure(HABITS[name]);
      hosts.set(host, figure);
    }
    return figure;
  }

  #hosts(name: FigureName, scope: string): Map<string, Figure> {
    const key = `${name} ${scope}`;
    let hosts = this.#figures.get(key);
    if (hosts === undefined) {
      hosts = new Map();
      this.#figures.set(key, hosts);
    }
    return hosts;
  }
}

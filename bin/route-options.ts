import * as v from 'valibot';
import { oneOf, part } from '../lambda/schema/schema-parts';
import { BUDGET_PRESETS, COMMIT_MODES } from '../lib/contract';
import { Commit, LatencyBudget, type RouteProps } from '../lib/router/router-props';
import { member } from './member';

/** How requests are treated: of a route, or of the whole stack for those routes that do not say. */
export interface RouteOptions {
  /** How long an answer may take, and how soon the next host is tried. @default 'interactive', or the stack's */
  readonly budget?: `${LatencyBudget}`;
  /** The moment from which an answer belongs to the client. @default 'first-content', or the stack's */
  readonly commit?: `${Commit}`;
  /** Share of the conversations, 0 to 1, that begin at a healthy fallback, so that it stays warm. @default 0, or the stack's */
  readonly trickle?: number;
}

export const routeOptions = {
  budget: v.optional(oneOf(BUDGET_PRESETS, 'how long an answer may take; default interactive')),
  commit: v.optional(oneOf(COMMIT_MODES, 'when an answer is committed; default first-content')),
  trickle: v.optional(part('share of the conversations that begin at a healthy fallback; default 0')),
};

export const routeOptionProps = ({ budget, commit, trickle }: RouteOptions): Pick<RouteProps, keyof RouteOptions> => ({
  budget: budget && member(LatencyBudget, budget),
  commit: commit && member(Commit, commit),
  trickle,
});

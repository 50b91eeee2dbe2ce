import type { Found, Preview, Series, SetUpView } from './source';
import type { Headline } from './view/headline';
import type { Journey, Step } from './view/journey';
import type { GatewayNow } from './view/now';

/** What the page asks its server for. */
export const API = '/api';

export interface Welcome {
  readonly gateways: readonly string[];
  readonly canOperate: boolean;
  /** How often a page that is seen looks again. */
  readonly everyMs: number;
  /** There are simulated hosts to break. */
  readonly hasFaults: boolean;
}

/** One gateway as it is now, or why it cannot be looked at. */
export interface Look {
  readonly gateway: string;
  readonly now?: GatewayNow;
  readonly headline?: Headline;
  readonly problem?: string;
  readonly cost: { readonly hourUsd: number; readonly spentUsd: number };
}

/** A step with what the classification table says about it. */
export interface RuledStep extends Step {
  readonly ruling?: string | undefined;
}
export interface ShownJourney extends Journey {
  readonly steps: readonly RuledStep[];
}

export interface Done {
  readonly done: string;
}

/** Every refusal and every error. */
export interface Problem {
  readonly problem: string;
}

export type { Found, Preview, Series, SetUpView };

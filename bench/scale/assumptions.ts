import data from './quotas.json';

export interface Quota {
  /** Short, with its owner before the colon. */
  readonly name: string;
  readonly value: number;
  readonly what: string;
  readonly source: string;
  /** Why it is not simply what the source says. */
  readonly assumed?: string;
}
export type QuotaName = keyof typeof data.quotas;
export type AssumptionName = keyof typeof data.assumptions;

export const MODEL = data.model;
export const READ = data.read;
export const QUOTAS: Readonly<Record<QuotaName, Quota>> = data.quotas;
export const ASSUMPTIONS: Readonly<Record<AssumptionName, { readonly value: number; readonly what: string }>> =
  data.assumptions;

export const quota = (name: QuotaName): number => QUOTAS[name].value;
export const assumed = (name: AssumptionName): number => ASSUMPTIONS[name].value;

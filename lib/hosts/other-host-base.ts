import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ValidationError } from '../validation-error';
import { hostBase } from './host-base';
import type { HostOptions, PricedHostOptions, TokenPrice } from './host-options';

/** The part of the configuration that every kind of host of other models has. */
export const otherHostBase = (
  scope: Construct,
  name: string,
  options: PricedHostOptions & Pick<HostOptions, 'endpoint' | 'modelIds'> & { readonly servedIn?: string },
) => ({ ...hostBase(scope, name, options), prices: checkPrices(scope, name, options), servedIn: options.servedIn });

export function checkPrices(scope: Construct, host: string, { prices }: PricedHostOptions) {
  for (const [model, price] of Object.entries(prices ?? {})) {
    const wrong = Object.entries(price as Partial<TokenPrice>).find(([, usd]) => !isPrice(usd));
    if (wrong === undefined) continue;
    throw new ValidationError(
      scope,
      `host '${host}': 'prices' of model '${model}': '${wrong[0]}' must be USD per million tokens, 0 or more, got ${wrong[1]}`,
    );
  }
  return prices;
}

const isPrice = (usd: number | undefined): boolean =>
  usd === undefined || Token.isUnresolved(usd) || (usd >= 0 && usd < Infinity);

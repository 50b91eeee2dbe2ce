/** Orders that need nothing said about hosts. */
export const ORDER_NAMES = ['listed', 'fastest', 'cheapest'] as const;
export type OrderName = (typeof ORDER_NAMES)[number];

/** Percent of the conversations that begin at each host. */
export interface WeightsOrder {
  readonly weights: Readonly<Record<string, number>>;
}

export interface CheapestOrder {
  readonly cheapest: {
    /** What a host takes, as a factor of its list price: 0.85 for a discount of 15 %. @default 1 for each host */
    readonly priceFactors: Readonly<Record<string, number>>;
  };
}

/** How the chain is arranged for one conversation: which host it begins at, and which come after it. */
export type OrderConfig = OrderName | WeightsOrder | CheapestOrder;

import type { Construct } from 'constructs';
import type { OrderConfig } from '../../contract';
import { orderProblems } from '../../contract/routes/order-problems';
import { ValidationError } from '../../validation-error';

/** Properties of `RoutingOrder.cheapest()`. */
export interface CheapestOrderProps {
  /**
   * What hosts really take, by the host's name, as a factor of the list price: 0.85 for a discount of 15 %. Above 0.
   * @default - the list price, and a tenth more where a host keeps requests in a region or geography
   */
  readonly priceFactors?: { [host: string]: number };
}

/**
 * How a chain is arranged for one conversation. A conversation that has begun goes on where it is as long as that host is healthy, so
 * that its prompt cache lives. No order beats residency, health, what a host can do, steering by the client, or an operator.
 */
export class RoutingOrder {
  /** The chain as it stands: the first host serves whenever it can. */
  public static listed(): RoutingOrder {
    return new RoutingOrder('listed');
  }

  /**
   * Shares of the conversations.
   * @param weights percent of the conversations that begin at each host, by the host's name; they add up to 100. Hosts without one come last
   */
  public static weights(weights: { [host: string]: number }): RoutingOrder {
    return new RoutingOrder({ weights });
  }

  /**
   * The chain as it stands, but for hosts whose first content comes 30 % later than that of a host behind them, or later yet: the slower, the
   * more conversations go past them. Measured on streams; two conversations of a hundred, or the `trickle`, begin at any host for that.
   */
  public static fastest(): RoutingOrder {
    return new RoutingOrder('fastest');
  }

  /** The cheapest host first, by list price, discounts, the surcharge of regional endpoints, and what prompts have cost there by their caches. */
  public static cheapest(props: CheapestOrderProps = {}): RoutingOrder {
    const { priceFactors } = props;
    return new RoutingOrder(priceFactors === undefined ? 'cheapest' : { cheapest: { priceFactors } });
  }

  private constructor(private readonly config: OrderConfig) {}

  /**
   * As the router reads it. `at`: where it stands in the props, for messages.
   * @internal
   */
  public _bind(scope: Construct, at: string, chain: readonly string[]): OrderConfig {
    const [problem] = orderProblems(this.config, chain);
    if (problem === undefined) return this.config;
    throw new ValidationError(scope, `'${at}': ${problem.join(': ')}`);
  }
}

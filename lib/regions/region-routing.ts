import type * as route53 from 'aws-cdk-lib/aws-route53';

/** Which of two regions a client is sent to, as long as both are well. */
export class RegionRouting {
  /** To the one that is nearest by Route 53's measurements: both take traffic. */
  public static latency(): RegionRouting {
    return new RegionRouting();
  }

  /**
   * To this one; the other takes over when it is not well.
   * @param region one of the two
   */
  public static primary(region: string): RegionRouting {
    return new RegionRouting(region);
  }

  private constructor(
    /** @internal */
    public readonly _primary?: string,
  ) {}

  /**
   * What tells a region's record from the other's.
   * @internal
   */
  public _record(region: string): Pick<route53.CfnRecordSetProps, 'region' | 'failover' | 'setIdentifier'> {
    if (this._primary === undefined) return { region, setIdentifier: region };
    return { failover: region === this._primary ? 'PRIMARY' : 'SECONDARY', setIdentifier: region };
  }
}

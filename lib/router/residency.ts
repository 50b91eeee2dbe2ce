import type { Place } from '../catalog/places';

/** The only geography in which requests may be served. Every host, inference profile and location of a chain is held to it. */
export class Residency {
  /** Member states of the European Union; London and Zurich are not among them. */
  public static readonly EU = new Residency('EU', 'eu');
  /** United States, GovCloud included. */
  public static readonly US = new Residency('US', 'us');
  /** Japan. */
  public static readonly JP = new Residency('JP', 'jp');
  /** Australia. */
  public static readonly AU = new Residency('AU', 'au');
  /** No limit. */
  public static readonly ANYWHERE = new Residency('ANYWHERE');

  private constructor(
    /** `EU`, `US`, `JP`, `AU` or `ANYWHERE`. */
    public readonly name: string,
    private readonly geography?: Place,
  ) {}

  /**
   * Those of the places that lie outside.
   * @internal
   */
  public _outside(places: readonly Place[]): readonly Place[] {
    return this.geography === undefined ? [] : places.filter((place) => place !== this.geography);
  }
}

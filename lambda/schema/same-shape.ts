/** Marks optional fields, so that one that is missing on either side makes a difference to the compiler. */
type Shape<T> = T extends readonly (infer Item)[]
  ? readonly Shape<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]-?: object extends Pick<T, Key> ? { optional: Shape<T[Key]> } : Shape<T[Key]> }
    : T;
type Same<A, B> = [A, B] extends [B, A] ? true : false;

export type SameShape<A, B> = Same<Shape<A>, Shape<B>>;
/** Stops the compiler where it does not hold. */
export type Holds<T extends true> = T;

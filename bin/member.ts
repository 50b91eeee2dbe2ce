/** The member of a string enum that has this value. */
export function member<T extends string>(members: Readonly<Record<string, T>>, value: `${T}`): T {
  const found = Object.values(members).find((candidate) => String(candidate) === value);
  if (found === undefined) throw new Error(`'${value}' is none of ${Object.values(members).join(', ')}`);
  return found;
}

type Range = readonly [from: number, to: number];

/** From a value to its place on an axis. */
export type Scale = (value: number) => number;

export function linearScale([least, most]: Range, [start, end]: Range): Scale {
  return (value) => start + ((value - least) / (most - least)) * (end - start);
}

/** What lies outside is drawn at the end of the axis. */
export function logScale([least, most]: Range, [start, end]: Range): Scale {
  return (value) => {
    const within = Math.min(Math.max(value, least), most);
    return start + ((end - start) * Math.log(within / least)) / Math.log(most / least);
  };
}

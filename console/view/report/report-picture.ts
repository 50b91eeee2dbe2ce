import type { Bucket } from '../series';
import { escaped } from './html';

const [WIDTH, HEIGHT] = [960, 160];
/** Told apart by whoever does not see colours as well: each is lighter than the one before. */
const INKS = ['#1f4e79', '#0b7d78', '#a35a1f', '#7446c2', '#8a8d93', '#b5a642'];
const FAILED = '#bf1d38';

/** Who answered, a bar a step, with what failed on top. */
export function reportPicture(buckets: readonly Bucket[]): string {
  const hosts = [...new Set(buckets.flatMap(({ answers }) => Object.keys(answers)))];
  const highest = Math.max(1, ...buckets.map(({ requests }) => requests));
  const width = WIDTH / Math.max(1, buckets.length);
  const bars = buckets.flatMap(({ answers, failed }, index) => {
    let y = HEIGHT;
    return [
      ...hosts.map((host, at) => [answers[host] ?? 0, INKS[at % INKS.length]!] as const),
      [failed, FAILED] as const,
    ]
      .filter(([count]) => count > 0)
      .map(([count, ink]) => {
        const height = (count / highest) * HEIGHT;
        y -= height;
        const place = `x="${(index * width).toFixed(1)}" y="${y.toFixed(1)}"`;
        return `<rect ${place} width="${Math.max(0.5, width - 0.5).toFixed(1)}" height="${height.toFixed(1)}" fill="${ink}"/>`;
      });
  });
  const key = [...hosts.map((host, at) => [host, INKS[at % INKS.length]!] as const), ['failed', FAILED] as const]
    .map(
      ([name, ink]) =>
        `<span><svg width="10" height="10"><rect width="10" height="10" fill="${ink}"/></svg> ${escaped(name)}</span>`,
    )
    .join(' ');
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Who answered">${bars.join('')}</svg><p class="key">${key}</p>`;
}

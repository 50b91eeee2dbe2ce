import type { Headline } from '../../view/headline';
import type { GatewayNow } from '../../view/now';
import { inkOf } from '../host-inks';
import { Figures } from './figures';
import { LinkRow } from './link-row';
import { stateOf } from './link-state';

/** As high as a row of the list beside it: the style sheet has the same. */
const ROW = 84;
const WIDTH = 150;
const THICKEST = 44;

/** Clients on the left, hosts in the order of the chain on the right, and between them where the answers come from. */
export function ChainPicture({ now, headline }: { readonly now: GatewayNow; readonly headline: Headline }) {
  const { links, at } = now;
  const hosts = links.map(({ host }) => host);
  const height = links.length * ROW;
  const thickness = links.map(({ share }) => share * THICKEST);
  const whole = thickness.reduce((sum, each) => sum + each, 0);
  let from = height / 2 - whole / 2;
  return (
    <section class="picture" aria-label="The chain">
      <Figures traffic={now.traffic} />
      <svg class="ribbons" viewBox={`0 0 ${WIDTH} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        {links.map((link, index) => {
          const wide = thickness[index]!;
          const start = whole === 0 ? height / 2 : from + wide / 2;
          from += wide;
          const end = (index + 0.5) * ROW;
          const path = `M0 ${start}C${WIDTH * 0.55} ${start} ${WIDTH * 0.45} ${end} ${WIDTH} ${end}`;
          const { look } = stateOf(link, at);
          if (wide === 0) return <path key={link.host} class={`ribbon idle ${look}`} d={path} />;
          return (
            <g key={link.host} style={{ '--ink': inkOf(hosts, link.host) }}>
              <path class="ribbon" d={path} stroke-width={Math.max(2, wide)} />
              <path class="ribbon flow" d={path} stroke-width={Math.max(2, wide)} />
            </g>
          );
        })}
      </svg>
      <ol class="links">
        {links.map((link, index) => (
          <LinkRow
            key={link.host}
            link={link}
            place={index + 1}
            at={at}
            ink={inkOf(hosts, link.host)}
            isNamed={headline.level !== 'well' && headline.hosts.includes(link.host)}
          />
        ))}
      </ol>
    </section>
  );
}

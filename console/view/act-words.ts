import type { Act } from '../source';

const percent = (share: number): string => `${share} %`;

/** What an act will do, in the words of whoever has to answer for it. */
export function actWords(act: Act): string {
  switch (act.act) {
    case 'drain':
      return `${act.host} takes no requests; the next host of each chain answers for it`;
    case 'undrain':
      return `${act.host} takes requests again, at once, whatever an operator has said of it`;
    case 'weight':
      return `${percent(act.percent)} of the conversations begin at ${act.host}; the others as the chain or other weights say`;
    case 'drill':
      return `each call of ${act.host} fails as if the connection were refused, so that everything reacts as in an outage`;
    case 'region-out':
      return 'this region reports that it is down, so that clients are sent to the other one; who asks here is served all the same';
    case 'region-in':
      return 'this region reports how it is again';
    case 'spend-limit':
      return act.usd === undefined
        ? `the ${act.period} limit of ${act.scope} ends`
        : `${act.scope} may spend ${act.usd} USD ${act.period}; above it, its requests are refused`;
    case 'rotate-key':
      return `${act.client} gets a new key; the old one ends`;
  }
}

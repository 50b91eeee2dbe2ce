/** What is going on, in a sentence or two. */
export function tell({ hosts, switches, totals, isSimulated, isSteady }) {
  const [primary] = hosts;
  const broken = hosts.filter(({ fault }) => fault !== null);
  const serving = [...hosts].sort((a, b) => b.share - a.share)[0];
  const what = (host) => `${host.name} (${switches.find(({ id }) => id === host.fault).label.toLowerCase()})`;

  if (!isSimulated && !isSteady && totals.requests === 0) {
    return {
      text: 'Real hosts, no traffic yet: send a request. It costs what one short answer costs.',
      trouble: false,
    };
  }
  if (broken.length === hosts.length && isSimulated) {
    return {
      text: 'Every host is broken. No gateway can help now: the client gets the primary’s own error.',
      trouble: true,
    };
  }
  if (broken.length > 0) {
    const seen = totals.failures === 0 ? 'The client has seen no failure.' : `Failures seen: ${totals.failures}.`;
    const served = serving.share > 0 && serving.fault === null ? `${serving.name} answers. ` : '';
    return { text: `Broken: ${broken.map(what).join(', ')}. ${served}${seen}`, trouble: true };
  }
  const { state, stage, until, reason } = primary.health;
  if (state === 'ramping') {
    return {
      text: `${primary.name} is back and gets its traffic step by step: ${Math.round(stage)} % of conversations now.`,
      trouble: false,
    };
  }
  if (state === 'open' || state === 'cooling') {
    const why = reason ? ` (last seen: ${reason})` : '';
    const wait = Math.max(1, Math.ceil((until - Date.now()) / 1000));
    return { text: `${primary.name} is left alone for ${wait} s${why}; ${serving.name} answers.`, trouble: false };
  }
  if (state === 'half-open') return { text: `${primary.name} gets one request to prove itself.`, trouble: false };
  return { text: `All is well: ${primary.name}, the first of the chain, answers.`, trouble: false };
}

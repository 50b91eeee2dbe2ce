const { document } = globalThis;

const seconds = (ms) => `${Math.max(1, Math.ceil(ms / 1000))} s`;

/** The words for a host's state. */
const STATES = {
  healthy: () => 'healthy',
  cooling: ({ until }, now) => `cooling, ${seconds(until - now)}`,
  open: ({ until }, now) => `open, ${seconds(until - now)}`,
  drained: ({ until }, now) => `drained, ${seconds(until - now)}`,
  'half-open': () => 'half-open, probing',
  ramping: ({ stage }) => `ramping, ${Math.round(stage)} %`,
  unknown: () => 'not known',
};

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/** One card a host, made once and updated after that, so that the focus stays where it is. */
export function createCards(list, post) {
  const cards = new Map();

  const make = (host, index, switches) => {
    const state = element('span', { className: 'state' });
    const share = element('b');
    const bar = element('div', { className: 'bar' }, element('i'));
    const heal = element('button', { className: 'heal', type: 'button', textContent: 'Heal' });
    heal.setAttribute('aria-label', `Heal ${host.name}`);
    heal.addEventListener('click', () => post('fault', { host: host.name, fault: null }));
    const buttons = switches.map(({ id, label }) => {
      const button = element('button', { type: 'button', textContent: label });
      button.dataset.fault = id;
      button.addEventListener('click', () => {
        const isOn = button.getAttribute('aria-pressed') === 'true';
        post('fault', { host: host.name, fault: isOn ? null : id });
      });
      return button;
    });
    const group = element('div', { className: 'switches', role: 'group' }, ...buttons);
    group.setAttribute('aria-label', `Break ${host.name}`);
    const card = element(
      'li',
      {},
      element('div', { className: 'card-head' }, element('h3', { textContent: `${index + 1}. ${host.title}` }), state),
      element('p', { className: 'name' }, element('b', { textContent: host.name }), ` ${host.detail}`, heal),
      element('div', { className: 'share' }, share, bar, 'of the answers'),
    );
    if (host.canBreak) card.append(group);
    card.dataset.index = String(index);
    card.dataset.host = host.name;
    list.append(card);
    return { card, state, share, bar, heal, buttons };
  };

  return ({ hosts, switches, now }) => {
    for (const [index, host] of hosts.entries()) {
      if (!cards.has(host.name)) cards.set(host.name, make(host, index, switches));
      const { card, state, share, bar, heal, buttons } = cards.get(host.name);
      const percent = Math.round(host.share * 100);
      state.dataset.state = host.health.state;
      state.textContent = (STATES[host.health.state] ?? STATES.unknown)(host.health, now);
      state.title = host.health.reason ?? '';
      share.textContent = `${percent} %`;
      bar.style.setProperty('--share', `${percent}%`);
      heal.hidden = host.fault === null;
      card.classList.toggle('broken', host.fault !== null);
      for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset.fault === host.fault));
    }
  };
}

import { createCards } from './cards.js';
import { drawTable, milliseconds } from './request-table.js';
import { tell } from './story.js';
import { createTimeline, SHOWN_MS } from './timeline.js';

const { document, EventSource, fetch, matchMedia, window } = globalThis;

const find = (id) => document.getElementById(id);
const post = (action, values = {}) =>
  fetch(`/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(values),
  });

const KILL = 'refused';
const COMMIT_NOTES = {
  complete:
    'The demo’s streams ask for “x-failover-commit: complete”: a stream that is cut in the middle is then answered anew by the next host.',
  'first-content':
    'The default for your own requests: streams flow as they come. Once content has reached the client, a cut stream cannot be replaced any more; it ends in a clean “event: error”, which counts as a failure.',
};

const drawCards = createCards(find('chain'), post);
const drawTimeline = createTimeline(find('timeline'));
let state;
let requests = [];
let marks = [];

function draw() {
  const { hosts, totals, latency, commit, isSimulated } = state;
  drawCards(state);
  drawTimeline({ now: state.now, hosts, requests, marks });
  drawTable(find('latest'), requests, hosts);

  find('requests').textContent = totals.requests;
  find('failovers').textContent = totals.failovers;
  find('failures').textContent = totals.failures;
  find('failures-tile').classList.toggle('failed', totals.failures > 0);
  find('reset').hidden = totals.failures === 0;
  find('latency').replaceChildren(...(latency ? percentiles(latency) : ['–']));

  const { text, trouble } = tell(state);
  // Screen readers announce every change, even one to the same words.
  if (find('story').textContent !== text) find('story').textContent = text;
  find('story').classList.toggle('trouble', trouble);

  const isBroken = hosts.some(({ fault }) => fault !== null);
  find('kill').textContent = isBroken ? 'Heal everything' : 'Kill the primary';
  find('kill').classList.toggle('calm', isBroken);
  for (const radio of document.querySelectorAll('#commit input')) radio.checked = radio.value === commit;
  find('commit-note').textContent = COMMIT_NOTES[commit];
  find('timeline').setAttribute(
    'aria-label',
    `Timeline of ${requests.length} requests: ${hosts.map(({ name, share }) => `${name} ${Math.round(share * 100)} %`).join(', ')}; ${totals.failures} failures`,
  );
  document.body.classList.toggle('real', !isSimulated);
}

function percentiles({ p50, p95 }) {
  return [p50, p95].flatMap((ms, index) => {
    const name = document.createElement('small');
    name.textContent = index === 0 ? 'p50' : 'p95';
    const pair = document.createElement('span');
    pair.append(`${milliseconds(ms)} `, name);
    // The space lets a narrow page break between the two.
    return [pair, ' '];
  });
}

/** What does not change while the demo runs. */
function introduce({ gateway, key, isSimulated, isSteady, pace }) {
  find('claude-code').textContent = `ANTHROPIC_BASE_URL=${gateway} ANTHROPIC_AUTH_TOKEN=${key} claude`;
  find('kill').disabled = false;
  find('send').hidden = isSteady;
  find('latency-label').textContent = isSimulated ? 'added latency, last minute' : 'whole answer, last minute';
  find('latency-label').title = isSimulated
    ? 'Time to the whole answer, less what the same request takes straight to a simulated host'
    : '';
  if (!pace) return;
  find('pace').textContent =
    `Shortened for the demo: a breaker opens for ${pace.openMs / 1000} s and a ramp stage lasts ${pace.rampStageMs / 1000} s; deployed, 10 s and 20 s.`;
}

find('kill').addEventListener('click', async () => {
  const broken = state.hosts.filter(({ fault }) => fault !== null);
  if (broken.length === 0) return post('fault', { host: state.hosts[0].name, fault: KILL });
  await Promise.all(broken.map(({ name }) => post('fault', { host: name, fault: null })));
});
find('send').addEventListener('click', () => post('send'));
find('reset').addEventListener('click', () => post('reset'));
find('commit').addEventListener('change', ({ target }) => post('commit', { mode: target.value }));

const events = new EventSource('/events');
events.addEventListener('open', () => {
  requests = [];
  marks = [];
});
events.addEventListener('message', ({ data }) => {
  const isFirst = state === undefined;
  state = JSON.parse(data);
  const since = state.now - SHOWN_MS;
  requests = [...requests, ...state.requests].filter(({ at }) => at >= since);
  marks = [...marks, ...state.marks].filter(({ at }) => at >= since);
  if (isFirst) introduce(state);
  draw();
});
events.addEventListener('error', () => {
  find('story').textContent =
    'The demo has ended, or cannot be reached. Start it again with: npx cdk-claude-failover demo, or npm start in a clone';
  find('story').classList.add('trouble');
});

const redraw = () => state && draw();
window.addEventListener('resize', redraw);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);

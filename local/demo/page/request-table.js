const { document } = globalThis;

const ROWS = 12;
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

export function milliseconds(ms) {
  if (ms < 1) return '<1 ms';
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** The latest requests, newest first. */
export function drawTable(body, requests, hosts) {
  const rows = requests
    .slice(-ROWS)
    .reverse()
    .map((request) => row(request, hosts));
  body.replaceChildren(...rows);
}

function row({ at, stream, host, attempts, trace, firstMs, totalMs, failure }, hosts) {
  const tr = document.createElement('tr');
  tr.dataset.index = String(hosts.findIndex(({ name }) => name === host));
  tr.append(
    cell(CLOCK.format(at)),
    cell(host ?? 'none', 'mono host'),
    cell(stream ? 'stream' : 'message'),
    cell(failure ?? milliseconds(firstMs), failure ? 'number failed' : 'number'),
    cell(failure ? '–' : milliseconds(totalMs), 'number'),
    cell(attempts || '–', 'number'),
    cell(trace, 'mono'),
  );
  return tr;
}

function cell(text, className = '') {
  const td = document.createElement('td');
  td.textContent = text;
  td.className = className;
  return td;
}

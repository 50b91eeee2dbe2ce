const { devicePixelRatio, document, getComputedStyle } = globalThis;

export const SHOWN_MS = 120_000;
const LANE = 22;
const TOP = 22;
const GAP = 14;
const FONT = '11px system-ui, "DejaVu Sans", sans-serif';
/** Time to first content, on a logarithmic scale. */
const SHORTEST_MS = 3;
const LONGEST_MS = 12_000;
const GRID = [
  [10, '10 ms'],
  [100, '100 ms'],
  [1000, '1 s'],
  [10_000, '10 s'],
];

/** One dot a request: above in the lane of the host that answered, below at the height of its time to first content. */
export function createTimeline(canvas) {
  const context = canvas.getContext('2d');

  return ({ now, hosts, requests, marks }) => {
    const { width, height } = fit(canvas, context);
    const style = getComputedStyle(document.documentElement);
    const color = (name) => style.getPropertyValue(`--${name}`).trim();
    const isNarrow = width < 560;
    const left = isNarrow ? 26 : 138;
    const right = width - (isNarrow ? 4 : 12);
    const bottom = height - 18;
    const lanes = [...hosts.map(({ name }) => name), undefined];
    const stripTop = TOP + lanes.length * LANE + GAP;

    const x = (at) => right - ((now - at) / SHOWN_MS) * (right - left);
    const laneY = (index) => TOP + index * LANE + LANE / 2;
    const stripY = (ms) => {
      const share = Math.log(Math.max(SHORTEST_MS, ms) / SHORTEST_MS) / Math.log(LONGEST_MS / SHORTEST_MS);
      return bottom - Math.min(1, share) * (bottom - stripTop);
    };
    const text = (words, atX, atY, fill, align = 'left') => {
      context.fillStyle = fill;
      context.textAlign = align;
      context.fillText(words, atX, atY);
    };
    const line = (x1, y1, x2, y2, stroke, dash = []) => {
      context.strokeStyle = stroke;
      context.setLineDash(dash);
      context.beginPath();
      context.moveTo(x1, y1);
      context.lineTo(x2, y2);
      context.stroke();
    };

    context.clearRect(0, 0, width, height);
    context.font = FONT;
    context.textBaseline = 'middle';
    context.lineWidth = 1;

    for (const [index, name] of lanes.entries()) {
      line(left, laneY(index), right, laneY(index), color('line'));
      const label = name ?? 'client failures';
      text(isNarrow ? (name ? index + 1 : '×') : label, 0, laneY(index), color(name ? `host-${index}` : 'muted'));
    }
    for (const [ms, label] of GRID) {
      line(left, stripY(ms), right, stripY(ms), color('line'), [2, 4]);
      text(isNarrow ? label.replace(' ', '').replace('ms', '') : label, left - 6, stripY(ms), color('muted'), 'right');
    }
    if (!isNarrow) text('first content', 0, stripY(100), color('muted'));
    for (const minutes of [2, 1.5, 1, 0.5, 0]) {
      const at = x(now - minutes * 60_000);
      const label = minutes === 0 ? 'now' : `${minutes * 60} s`;
      text(label, at, height - 6, color('muted'), minutes === 0 ? 'right' : minutes === 2 ? 'left' : 'center');
    }

    let taken = -Infinity;
    for (const mark of marks.filter(({ at }) => now - at < SHOWN_MS)) {
      const ink = color(mark.healed ? 'good' : 'bad');
      const at = x(mark.at);
      line(at, TOP - 8, at, bottom, ink, [3, 3]);
      const label = mark.healed ? 'healed' : mark.text;
      const end = at + 4 + context.measureText(label).width;
      // A label that would lie on another one, or outside, is left out: the line and its colour remain.
      if (at - 4 < taken || at < left || end > right) continue;
      text(label, at + 4, TOP - 12, ink);
      taken = end;
    }
    context.setLineDash([]);

    for (const { id, at, host, firstMs, failure } of requests) {
      const atX = x(at);
      if (atX < left) continue;
      const index = lanes.indexOf(host);
      if (failure) {
        cross(context, atX, laneY(lanes.length - 1), color('bad'));
        continue;
      }
      context.fillStyle = color(`host-${index}`);
      // Side by side they would run into one line.
      dot(context, atX, laneY(index) + scatter(id) * (LANE - 8), 2);
      dot(context, atX, stripY(firstMs), 1.8);
    }
  };
}

/** Between -0.5 and 0.5 without a pattern, the same each time. */
const scatter = (id) => (Math.abs(Math.sin(id * 12.9898) * 43758.5453) % 1) - 0.5;

function fit(canvas, context) {
  const { width, height } = canvas.getBoundingClientRect();
  const scale = devicePixelRatio || 1;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  context.setTransform(scale, 0, 0, scale, 0, 0);
  return { width, height };
}

function dot(context, x, y, radius) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

function cross(context, x, y, ink) {
  context.strokeStyle = ink;
  context.lineWidth = 2;
  context.beginPath();
  context.moveTo(x - 4, y - 4);
  context.lineTo(x + 4, y + 4);
  context.moveTo(x + 4, y - 4);
  context.lineTo(x - 4, y + 4);
  context.stroke();
  context.lineWidth = 1;
}

import { chart, type PlottedSeries } from './chart';
import { SAMPLE_ROWS } from './sample-rows';

export interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly query?: string;
    readonly view?: string;
    readonly stacked?: boolean;
    readonly metrics?: readonly (readonly unknown[])[];
    readonly alarms?: readonly string[];
    readonly yAxis?: { readonly left?: { readonly label?: string } };
    readonly annotations?: { readonly horizontal?: readonly { readonly value: number; readonly label?: string }[] };
  };
}

const UNIT = 50;
const STYLE = `body { margin: 16px; width: ${24 * UNIT}px; background: #f2f3f3; color: #16191f; font: 13px 'DejaVu Sans', sans-serif; }
.grid { position: relative; } .widget { position: absolute; box-sizing: border-box; padding: 8px 12px; overflow: hidden; background: #fff;
border: 1px solid #d5dbdb; border-radius: 4px; } .plain { background: none; border: 0; padding: 0; } h1 { font-size: 20px; margin: 0; }
h2 { font-size: 16px; margin: 14px 0 0; } h3 { font-size: 13px; margin: 0 0 6px; } p { margin: 4px 0; } table { width: 100%; border-spacing: 0; font-size: 11.5px; }
td, th { text-align: left; padding: 3px 6px; border-bottom: 1px solid #eaeded; } .values { display: flex; justify-content: space-between; }
.values b { display: block; font-size: 24px; font-weight: 500; } .alarms { display: flex; flex-wrap: wrap; gap: 5px; }
.alarms span { padding: 4px 8px; border-radius: 3px; background: #eaf5ec; color: #1d6b33; font-size: 11px; } .alarms .bad { background: #fdecea; color: #b1202f; }`;

/** A page that looks like the dashboard, with figures of an outage of the first host. */
export function dashboardPage(widgets: readonly Widget[]): string {
  const height = Math.max(...widgets.map(({ y, height: own }) => y + own)) * UNIT;
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style><div class="grid" style="height:${height}px">${widgets.map(place).join('')}</div>`;
}

function place(widget: Widget): string {
  const { x, y, width, height } = widget;
  const box = `left:${x * UNIT}px;top:${y * UNIT}px;width:${width * UNIT - 8}px;height:${height * UNIT - 8}px`;
  return `<div class="widget ${widget.type === 'text' ? 'plain' : ''}" style="${box}">${content(widget)}</div>`;
}

function content({ type, width, height, properties }: Widget): string {
  const title = `<h3>${properties.title ?? ''}</h3>`;
  if (type === 'text') return markdown(properties.markdown ?? '');
  if (type === 'alarm') return `${title}<div class="alarms">${(properties.alarms ?? []).map(alarm).join('')}</div>`;
  if (type === 'log') return `${title}${table(properties.title ?? '')}`;
  if (properties.view === 'singleValue')
    return `${title}<div class="values">${SAMPLE_ROWS.figures.map(figure).join('')}</div>`;
  return `${title}${chart({
    title: properties.title ?? '',
    width: width * UNIT - 34,
    height: height * UNIT - 52,
    series: seriesOf(properties.metrics ?? []),
    isStacked: properties.stacked === true,
    label: properties.yAxis?.left?.label ?? '',
    marks: properties.annotations?.horizontal ?? [],
  })}`;
}

/** What CloudWatch would draw: hidden metrics only feed an expression. */
function seriesOf(metrics: readonly (readonly unknown[])[]): PlottedSeries[] {
  return metrics.flatMap((metric) => {
    const options = metric.at(-1);
    if (typeof options !== 'object' || options === null || ('visible' in options && options.visible === false))
      return [];
    const { label = '', color = '#8d93a0' } = options as { label?: string; color?: string };
    return [{ label, color }];
  });
}

const alarm = (name: string): string => `<span class="${name === SAMPLE_ROWS.alarm ? 'bad' : ''}">${name}</span>`;

const figure = ([value, name]: readonly [string, string]): string => `<div><b>${value}</b>${name}</div>`;

function table(title: string): string {
  const [head = [], ...rows] = SAMPLE_ROWS.tables[title] ?? [];
  const cells = (row: readonly string[], tag: string): string => row.map((cell) => `<${tag}>${cell}</${tag}>`).join('');
  return `<table><tr>${cells(head, 'th')}</tr>${rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('')}</table>`;
}

const markdown = (text: string): string =>
  text
    .replace(/^## (.*)$/gm, '<h2>$1</h2>')
    .replace(/^# (.*)$/gm, '<h1>$1</h1>')
    .replace(/\*\*(.*?)\*\*/g, '<b>$1</b>')
    .replace(/\[(.*?)\]\(.*?\)/g, '<u>$1</u>');

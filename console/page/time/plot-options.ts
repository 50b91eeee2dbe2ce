import uPlot from 'uplot';
import type { Span } from '../../source';
import type { ChartData } from './charts';

const HEIGHT = { wide: 240, usual: 170 } as const;
/** Below, a drag was a click. */
const LEAST_PX = 4;
/** On a phone there is room for hours and minutes. */
const NARROW = { px: 420, space: 46 } as const;
const SYNC = 'time';
const [MINUTE, DAY] = [60, 86_400];
const TIMES = {
  exact: new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' }),
  clock: new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }),
  day: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' }),
};

/** Stacked curves lie behind each other, the highest sum first, so that each shows its own part. */
export function plotRows({ at, curves, form }: ChartData): uPlot.AlignedData {
  if (form === 'line') return [[...at], ...curves.map(({ values }) => [...values])];
  const sums = at.map(() => 0);
  const rows = curves.map(({ values }) => values.map((value, index) => (sums[index] = sums[index]! + (value ?? 0))));
  return [[...at], ...rows.toReversed()];
}

export function plotOptions(chart: ChartData, element: HTMLElement, choose: (span: Span) => void): uPlot.Options {
  const style = getComputedStyle(element);
  const inked = (ink: string): string => style.getPropertyValue(/var\((.*)\)/.exec(ink)?.[1] ?? ink).trim();
  const { form, curves, onAxis } = chart;
  const isStacked = form === 'stacked';
  const bars = uPlot.paths.bars!({ size: [0.96, Infinity], align: 1 });
  const axis: uPlot.Axis = {
    stroke: inked('var(--muted)'),
    font: `11px ${style.fontFamily}`,
    grid: { stroke: inked('var(--line)'), width: 1 },
    ticks: { show: false },
  };
  return {
    width: element.clientWidth,
    height: chart.isWide ? HEIGHT.wide : HEIGHT.usual,
    legend: { show: false },
    padding: [10, 8, 0, 0],
    cursor: { sync: { key: SYNC }, drag: { x: true, y: false, setScale: false }, points: { show: !isStacked } },
    scales: { y: { range: (_, __, max) => [0, max > 0 ? max * 1.08 : 1] } },
    axes: [
      {
        ...axis,
        size: 30,
        space: (_, __, ___, ____, width) => (width < NARROW.px ? NARROW.space : 80),
        values: (_, splits, __, ___, step) =>
          splits.map((at) => TIMES[step < MINUTE ? 'exact' : step < DAY ? 'clock' : 'day'].format(at * 1000)),
      },
      { ...axis, size: 56, values: (_, splits) => splits.map((value) => onAxis(value)) },
    ],
    series: [
      {},
      ...(isStacked ? curves.toReversed() : curves).map(({ label, ink }): uPlot.Series => {
        const color = inked(ink);
        if (isStacked) return { label, fill: color, width: 0, paths: bars, points: { show: false } };
        return { label, stroke: color, width: 1.5, spanGaps: true, points: { show: false } };
      }),
    ],
    hooks: {
      setSelect: [
        (plot) => {
          const { left, width } = plot.select;
          if (width < LEAST_PX) return;
          const [from, to] = [left, left + width].map((at) => Math.round(plot.posToVal(at, 'x') * 1000));
          choose({ from: from!, to: to! });
        },
      ],
    },
  };
}

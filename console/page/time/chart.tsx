import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import type { Span } from '../../source';
import { isEmpty, type ChartData } from './charts';
import { plotOptions, plotRows } from './plot-options';

interface Props {
  readonly chart: ChartData;
  readonly mark: Span | undefined;
  readonly choose: (span: Span) => void;
}

const DARK = matchMedia('(prefers-color-scheme: dark)');

/** Dragging over it marks an incident. */
export function Chart({ chart, mark, choose }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(undefined);
  const [isDark, setIsDark] = useState(DARK.matches);
  const curves = chart.curves.map(({ label }) => label).join();
  useEffect(() => {
    const changed = (): void => setIsDark(DARK.matches);
    DARK.addEventListener('change', changed);
    return () => DARK.removeEventListener('change', changed);
  }, []);
  // Its colours and curves are made once; what they show is changed in place, so that the cursor stays.
  useEffect(() => {
    const element = box.current!;
    const made = new uPlot(plotOptions(chart, element, choose), plotRows(chart), element);
    plot.current = made;
    const watcher = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: made.height }));
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      made.destroy();
    };
  }, [curves, isDark, choose]);
  useEffect(() => {
    plot.current?.setData(plotRows(chart));
  }, [chart.at, chart.curves]);
  useEffect(() => {
    const made = plot.current;
    if (made === undefined) return;
    const [left, right] = mark ? [mark.from, mark.to].map((at) => made.valToPos(at / 1000, 'x')) : [0, 0];
    made.setSelect({ left: left!, width: right! - left!, top: 0, height: made.over.clientHeight }, false);
  }, [mark, chart.at]);
  return (
    <figure class={chart.isWide ? 'panel chart wide' : 'panel chart'}>
      <figcaption>
        <h2>
          {chart.title} <small>{chart.hint}</small>
        </h2>
      </figcaption>
      <div ref={box} class="plot" role="img" aria-label={summary(chart)} />
      <ul class="key">
        {chart.curves.map(({ label, ink }) => (
          <li key={label} style={{ '--ink-of': ink }}>
            {label}
          </li>
        ))}
        {isEmpty(chart) && <li class="since">none in this time</li>}
      </ul>
    </figure>
  );
}

function summary({ title, curves, form, words }: ChartData): string {
  const figures = curves.map(({ label, values }) => {
    const numbers = values.filter((value) => value !== null);
    const figure = form === 'stacked' ? numbers.reduce((sum, value) => sum + value, 0) : Math.max(0, ...numbers);
    return `${label} ${words(figure)}${form === 'stacked' ? '' : ' at most'}`;
  });
  return `${title}: ${figures.join(', ') || 'none'}. The table below has all of it.`;
}

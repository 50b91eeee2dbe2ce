import { useEffect, useRef, useState } from 'preact/hooks';
import type { RequestLine } from '../../view/lines';
import { RequestRow } from './request-row';

/** As high as a row: the style sheet has the same. */
const ROW = 34;
const BEYOND = 8;
const HEAD = ['When', 'Answered by', 'Model', 'Team', 'Whole', 'Way through the chain', 'Cost'];

interface Props {
  readonly lines: readonly RequestLine[];
  readonly hosts: readonly string[];
  readonly chosen: string | undefined;
  readonly choose: (line: RequestLine) => void;
}

/** Only the rows that are seen are there, however many were found. */
export function RequestList({ lines, hosts, chosen, choose }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  const [active, setActive] = useState(0);
  useEffect(() => {
    const watcher = new ResizeObserver(() => setHeight(box.current?.clientHeight ?? 600));
    if (box.current) watcher.observe(box.current);
    return () => watcher.disconnect();
  }, []);
  const first = Math.max(0, Math.floor(top / ROW) - BEYOND);
  const last = Math.min(lines.length, Math.ceil((top + height) / ROW) + BEYOND);
  const at = Math.min(active, lines.length - 1);

  const move = (to: number): void => {
    const next = Math.max(0, Math.min(lines.length - 1, to));
    setActive(next);
    const list = box.current!;
    if (next * ROW < list.scrollTop) list.scrollTop = next * ROW;
    if ((next + 1) * ROW > list.scrollTop + list.clientHeight) list.scrollTop = (next + 1) * ROW - list.clientHeight;
  };
  const page = Math.floor(height / ROW);
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => move(at + 1),
    ArrowUp: () => move(at - 1),
    PageDown: () => move(at + page),
    PageUp: () => move(at - page),
    Home: () => move(0),
    End: () => move(lines.length - 1),
    Enter: () => lines[at] && choose(lines[at]),
    ' ': () => lines[at] && choose(lines[at]),
  };
  return (
    <div class="list">
      <div class="row head" aria-hidden="true">
        {HEAD.map((name) => (
          <span key={name}>{name}</span>
        ))}
      </div>
      <div
        ref={box}
        class="rows"
        role="listbox"
        tabIndex={0}
        aria-label="Requests, the newest first"
        aria-activedescendant={lines.length > 0 && at >= first && at < last ? `request-${at}` : undefined}
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
        onKeyDown={(event) => {
          const act = keys[event.key];
          if (act === undefined) return;
          event.preventDefault();
          act();
        }}
      >
        <div class="sizer" role="presentation" style={{ height: `${lines.length * ROW}px` }}>
          {lines.slice(first, last).map((line, index) => (
            <RequestRow
              key={line.requestId}
              line={line}
              hosts={hosts}
              place={first + index}
              of={lines.length}
              top={(first + index) * ROW}
              isActive={first + index === at}
              isChosen={line.requestId === chosen}
              choose={() => {
                setActive(first + index);
                choose(line);
              }}
            />
          ))}
        </div>
        {lines.length === 0 && <p class="quiet">Nothing was found: widen the time, or take filters away.</p>}
      </div>
    </div>
  );
}

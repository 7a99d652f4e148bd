import { useId, useRef, useState } from 'preact/hooks';
import { ChartDrawing, plotOf } from './chart-drawing.tsx';
import { t } from './i18n.ts';
import { useWidth } from './use-width.ts';

export interface Series {
  id: string;
  label: string;
  values: readonly number[];
  /** The same days one window earlier, drawn thin. */
  previous?: readonly number[] | undefined;
}
export interface LineChartProps {
  /** The question this chart answers. */
  title: string;
  days: readonly string[];
  series: readonly [Series, ...Series[]];
  writeValue: (value: number) => string;
  writeTick: (value: number) => string;
  writeDay: (day: string) => string;
}

/** Half the room that a reading takes, so that it stays inside the chart. */
const HALF_READING = 90;

/** Lines over days with labelled axes. Hover or arrow keys read one day; the reading is announced. */
export function LineChart({ title, days, series, writeValue, writeTick, writeDay }: LineChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 640);
  const [at, setAt] = useState<number | null>(null);
  const descriptionId = useId();
  const rtl = document.documentElement.dir === 'rtl';
  const plot = plotOf(width, days.length, rtl);
  const read =
    at === null
      ? null
      : {
          day: writeDay(days[at] as string),
          start: Math.max(0, Math.min(width - 2 * HALF_READING, plot.edgeOf(at) - HALF_READING)),
          parts: series.map((one) => ({ id: one.id, label: one.label, value: writeValue(one.values[at] as number) })),
        };

  const onMove = (event: MouseEvent) => {
    const bounds = (box.current as HTMLDivElement).getBoundingClientRect();
    setAt(plot.dayAt(rtl ? bounds.right - event.clientX : event.clientX - bounds.left));
  };
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === (rtl ? 'ArrowLeft' : 'ArrowRight') ? 1 : event.key === (rtl ? 'ArrowRight' : 'ArrowLeft') ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    setAt(Math.max(0, Math.min(days.length - 1, (at ?? days.length - 1 - step) + step)));
  };
  return (
    <figure class="chart">
      <figcaption>
        <span class="chart-title">{title}</span>
        <span class="chart-keys">
          {series.map((one, i) => (
            <span key={one.id} class={`chart-key chart-key-${i}`}>
              {one.label}
            </span>
          ))}
          {series.some((one) => one.previous) && <span class="chart-previous-key">{t('chart.previous')}</span>}
        </span>
      </figcaption>
      <div
        ref={box}
        class="chart-box"
        tabIndex={0}
        role="group"
        aria-roledescription={t('chart.role')}
        aria-label={title}
        aria-describedby={descriptionId}
        onMouseMove={onMove}
        onMouseLeave={() => setAt(null)}
        onKeyDown={onKey}
        onBlur={() => setAt(null)}
      >
        <ChartDrawing plot={plot} days={days} series={series} at={at} writeTick={writeTick} writeDay={writeDay} />
        {read !== null && (
          <div class="chart-reading" style={{ insetInlineStart: `${read.start}px` }}>
            <strong>{read.day}</strong>
            {read.parts.map((part, i) => (
              <span key={part.id} class={`chart-key chart-key-${i}`}>
                {part.label} <bdi class="figure">{part.value}</bdi>
              </span>
            ))}
          </div>
        )}
      </div>
      <p id={descriptionId} class="visually-hidden">
        {t('chart.keys')}
      </p>
      <p class="visually-hidden" aria-live="polite">
        {read === null ? '' : `${read.day}: ${read.parts.map((part) => `${part.label} ${part.value}`).join(', ')}`}
      </p>
    </figure>
  );
}

import { useId, useRef, useState } from 'preact/hooks';
import { useWidth } from './use-width.ts';
import { axisTicks, linePoints, pathOf } from './chart-scale.ts';
import { t } from './i18n.ts';

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

const HEIGHT = 200;
const PAD = { top: 12, bottom: 24, start: 56, end: 12 };

/** Lines over days with labelled axes. Hover or arrow keys read one day; the reading is announced. */
export function LineChart({ title, days, series, writeValue, writeTick, writeDay }: LineChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box, 640);
  const [at, setAt] = useState<number | null>(null);
  const descriptionId = useId();
  const rtl = document.documentElement.dir === 'rtl';
  const inner = { width: Math.max(80, width - PAD.start - PAD.end), height: HEIGHT - PAD.top - PAD.bottom };
  const ticks = axisTicks(Math.max(0, ...series.flatMap((one) => [...one.values, ...(one.previous ?? [])])));
  const top = ticks.at(-1) as number;
  // Time runs with the reading direction; drawing is mirrored by computing x, so that text stays readable.
  const x = (px: number) => (rtl ? width - PAD.start - px : PAD.start + px);
  const line = (values: readonly number[]) =>
    pathOf(linePoints(values, top, inner.width, inner.height).map(([px, py]) => [x(px), py + PAD.top] as const));
  const gap = days.length > 1 ? inner.width / (days.length - 1) : 0;
  const labelEvery = Math.max(1, Math.ceil(days.length / Math.max(2, Math.floor(inner.width / 88))));
  const read =
    at === null
      ? null
      : { day: days[at] as string, parts: series.map((one) => ({ id: one.id, label: one.label, value: one.values[at] as number })) };

  const onMove = (event: MouseEvent) => {
    const bounds = (box.current as HTMLDivElement).getBoundingClientRect();
    const px = rtl ? bounds.right - event.clientX - PAD.start : event.clientX - bounds.left - PAD.start;
    setAt(Math.max(0, Math.min(days.length - 1, Math.round(gap === 0 ? 0 : px / gap))));
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
        <svg width={width} height={HEIGHT} aria-hidden="true">
          {ticks.map((tick) => {
            const y = PAD.top + inner.height - (tick / top) * inner.height;
            return (
              <g key={tick}>
                <line class="chart-grid" x1={x(0)} x2={x(inner.width)} y1={y} y2={y} />
                <text class="chart-label" x={x(-8)} y={y + 4} text-anchor={rtl ? 'start' : 'end'} direction="ltr">
                  {writeTick(tick)}
                </text>
              </g>
            );
          })}
          {days.map((day, i) =>
            i % labelEvery === 0 ? (
              <text
                key={day}
                class="chart-label"
                x={x(i * gap)}
                y={HEIGHT - 6}
                text-anchor={i === 0 ? (rtl ? 'end' : 'start') : i > days.length - labelEvery / 2 ? (rtl ? 'start' : 'end') : 'middle'}
                direction="ltr"
              >
                {writeDay(day)}
              </text>
            ) : null,
          )}
          {series.map((one, i) => (
            <g key={one.id} class={`chart-series chart-series-${i}`}>
              {one.previous && <path class="chart-previous" d={line(one.previous)} />}
              <path class="chart-line" d={line(one.values)} />
              {at !== null && (
                <circle r="3.5" cx={x(at * gap)} cy={PAD.top + inner.height - ((one.values[at] as number) / top) * inner.height} />
              )}
            </g>
          ))}
          {at !== null && <line class="chart-cursor" x1={x(at * gap)} x2={x(at * gap)} y1={PAD.top} y2={PAD.top + inner.height} />}
        </svg>
        {read !== null && (
          <div
            class="chart-reading"
            style={{ insetInlineStart: `${Math.max(0, Math.min(width - 180, PAD.start + (at as number) * gap - 90))}px` }}
          >
            <strong>{writeDay(read.day)}</strong>
            {read.parts.map((part, i) => (
              <span key={part.id} class={`chart-key chart-key-${i}`}>
                {part.label} <bdi class="figure">{writeValue(part.value)}</bdi>
              </span>
            ))}
          </div>
        )}
      </div>
      <p id={descriptionId} class="visually-hidden">
        {t('chart.keys')}
      </p>
      <p class="visually-hidden" aria-live="polite">
        {read === null ? '' : `${writeDay(read.day)}: ${read.parts.map((part) => `${part.label} ${writeValue(part.value)}`).join(', ')}`}
      </p>
    </figure>
  );
}

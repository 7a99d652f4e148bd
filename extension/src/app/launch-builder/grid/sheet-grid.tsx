import type { VNode } from 'preact';
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PlanProblem } from '#shared/contracts/launches.ts';
import { currentLocale, t } from '../../../ui/i18n.ts';
import { Icon } from '../../../ui/icon.tsx';
import { rowWindow } from '../../../ui/virtual-window.ts';
import type { Rows } from '../planner/plan-change.ts';
import { ProblemWords } from '../problem-words.tsx';
import type { EditorEnd } from './cell-editor.tsx';
import { readClipboard, writeClipboard } from './clipboard-table.ts';
import { replaceAll } from './edit-rows.ts';
import { FindBar } from './find-bar.tsx';
import { findText, nextProblem, placeProblems } from './find-cells.ts';
import { columnTemplate } from './grid-columns.ts';
import { keyInGrid } from './grid-keys.ts';
import { cellsIn, rowCount, type Cell } from './grid-range.ts';
import { GridRow, ROW_HEIGHT, type GridRowProps } from './grid-row.tsx';
import { gridState, openGrid, selectionOf, type GridEvent, type GridState } from './grid-state.ts';
import { GridToolbar } from './grid-toolbar.tsx';

const OVERSCAN = 6;

interface Props {
  /** Header first. */
  rows: Rows;
  problems: readonly PlanProblem[];
  onRows: (rows: Rows) => void;
}

/** The sheet as cells to write in: of thousands only those on screen are drawn, and what is wrong is said where it stands. */
export function SheetGrid({ rows: given, problems, onRows }: Props) {
  const [latest, send] = useGridState(given);
  const state = latest.current;
  const [finding, setFinding] = useState(false);
  const [said, setSaid] = useState('');
  const scroller = useRef<HTMLDivElement>(null);
  const hasFocus = useRef(false);
  const problemId = useId();
  useRowsOf(given, state.rows, onRows, send);

  const { rows, cursor, editing } = state;
  const header = rows[0] ?? [];
  const range = selectionOf(state);
  const placed = useMemo(() => placeProblems(problems, header), [problems, header]);
  const columns = useMemo(() => columnTemplate(header), [header]);
  const view = useView(scroller);
  const drawn = rowWindow({
    count: rowCount(rows),
    rowHeight: ROW_HEIGHT,
    scrollTop: view.top,
    viewHeight: view.height,
    open: null,
    overscan: OVERSCAN,
  });

  // The cell that keys act on has the focus, wherever it was scrolled to.
  useLayoutEffect(() => {
    if (scroller.current === null || editing !== null) return;
    if (hasFocus.current) cellElement(scroller.current, cursor)?.focus({ preventScroll: true });
  }, [cursor.row, cursor.column, editing, rows]);
  // Rows drawn around it may take the focus from the cell it is on; nobody else's is taken.
  useLayoutEffect(() => {
    if (scroller.current === null || editing !== null || !hasFocus.current || document.activeElement !== document.body) return;
    cellElement(scroller.current, cursor)?.focus({ preventScroll: true });
  }, [drawn.first, drawn.last]);
  useEffect(() => {
    const onPress = (event: Event) => {
      if (!(event.target instanceof Node) || scroller.current?.contains(event.target) !== true) hasFocus.current = false;
    };
    document.addEventListener('pointerdown', onPress, true);
    return () => document.removeEventListener('pointerdown', onPress, true);
  }, []);
  useLayoutEffect(() => {
    if (scroller.current !== null && hasFocus.current) reveal(scroller.current, cursor);
  }, [cursor.row, cursor.column]);

  const goTo = (cell: Cell | null) => {
    if (cell === null) return;
    hasFocus.current = true;
    send({ type: 'move', to: cell });
  };
  const jump = (back: boolean) => goTo(nextProblem(placed, latest.current.cursor, back));
  const act = (event: GridEvent) => {
    const range = selectionOf(latest.current);
    hasFocus.current = true;
    send(event);
    const words = wordsFor(event, cellsIn(range), range.bottom - range.top + 1);
    if (words !== null) setSaid(words);
  };
  const onKey = (event: KeyboardEvent) => {
    if (latest.current.editing !== null || event.isComposing) return;
    const rightToLeft = getComputedStyle(event.currentTarget as HTMLElement).direction === 'rtl';
    const pageRows = Math.max(1, Math.floor(view.height / ROW_HEIGHT) - 2);
    const key = { key: event.key, shift: event.shiftKey, command: event.ctrlKey || event.metaKey, alt: event.altKey };
    const wish = keyInGrid(key, latest.current, { rightToLeft, pageRows });
    if (wish === null) return;
    event.preventDefault();
    if (wish === 'find') setFinding(true);
    else if (wish === 'next-problem' || wish === 'previous-problem') jump(wish === 'previous-problem');
    else act(wish);
  };
  const onEnd = (end: EditorEnd) => {
    // Left by a press elsewhere, the focus goes where it was pressed; left by a key it comes back to the grid.
    hasFocus.current = end.type === 'cancel' || end.go !== 'stay';
    send(end);
  };
  const copy = (event: ClipboardEvent) => {
    if (editing !== null || event.clipboardData === null) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', writeClipboard(rows, range));
    setSaid(t('grid.copied', { count: cellsIn(range) }));
    if (event.type === 'cut') send({ type: 'clear' });
  };
  const paste = (event: ClipboardEvent) => {
    if (editing !== null || event.clipboardData === null) return;
    event.preventDefault();
    const table = readClipboard(event.clipboardData.getData('text/plain'));
    send({ type: 'paste', table });
    setSaid(t('grid.pasted', { count: table.reduce((sum, texts) => sum + texts.length, 0) }));
  };

  const shownRows = useKeptRows(
    // In the order of the sheet: the row with the focus stays where it is in the page when others are drawn around it, and keeps the focus.
    [
      ...(cursor.row < drawn.first ? [cursor.row] : []),
      ...numbersFrom(drawn.first, drawn.last),
      ...(cursor.row >= drawn.last ? [cursor.row] : []),
    ],
    (row): GridRowProps => ({
      row,
      header,
      texts: rows[row + 1] ?? [],
      problemsAt: placed.at,
      cursor: row === cursor.row ? cursor.column : null,
      selected: row >= range.top && row <= range.bottom ? range : null,
      editing: row === cursor.row ? editing : null,
      problemId,
      onEnd,
    }),
  );
  const atCursor = [...placed.at(cursor.row, cursor.column), ...placed.at(cursor.row, null)];
  return (
    <section class="stack-2 sheet-grid" data-testid="sheet-grid" aria-label={t('grid.title')}>
      <GridToolbar
        state={state}
        problems={placed.cells.length}
        onAct={act}
        onFind={() => setFinding(!finding)}
        onJump={() => jump(false)}
      />
      {finding && (
        <FindBar
          rows={rows}
          onFind={(text) => goTo(findText(rows, cursor, text))}
          onReplaceAll={(find, by) => {
            setSaid(t('grid.replaced', { count: replaceAll(rows, find, by).replaced }));
            send({ type: 'replace-all', find, by });
          }}
          onClose={() => {
            setFinding(false);
            goTo(cursor);
          }}
        />
      )}
      <div ref={scroller} class="grid-scroll card card-flush">
        <div
          role="grid"
          aria-label={t('grid.title')}
          aria-rowcount={rows.length}
          aria-colcount={header.length + 1}
          aria-multiselectable="true"
          class="grid"
          style={{ '--grid-columns': columns.template, inlineSize: `${columns.width}px` }}
          onKeyDown={onKey}
          onCopy={copy}
          onCut={copy}
          onPaste={paste}
          onFocusIn={() => {
            hasFocus.current = true;
          }}
          onFocusOut={(event) => {
            // An editor tells by itself how it was left; who goes nowhere was not left by anybody, or was pressed away from.
            if (event.target instanceof HTMLTextAreaElement || event.relatedTarget === null) return;
            hasFocus.current = event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget);
          }}
          onPointerDown={(event) => press(event, act)}
          onPointerMove={(event) => drag(event, cursor, act)}
          onDblClick={(event) => {
            const at = placeOf(event.target);
            if (at?.column !== undefined && editing === null) act({ type: 'edit', text: null });
          }}
        >
          <div role="row" aria-rowindex={1} class="grid-row grid-head">
            <div role="columnheader" class="grid-number">
              <span class="visually-hidden">{t('problems.row')}</span>
            </div>
            {header.map((name, column) => (
              <div key={column} role="columnheader" aria-colindex={column + 2} class="grid-cell" title={name}>
                <bdi>{name}</bdi>
              </div>
            ))}
          </div>
          <div role="rowgroup" class="grid-body" style={{ blockSize: `${rowCount(rows) * ROW_HEIGHT}px` }}>
            {shownRows}
          </div>
        </div>
      </div>
      <p id={problemId} class="grid-problem small" role="status" data-testid="grid-problem">
        {atCursor.length === 0
          ? t('grid.keys')
          : atCursor.map((problem) => (
              <span key={problem.code} class="grid-problem-one">
                <Icon name={problem.severity === 'error' ? 'error' : 'warning'} size={14} class={`grid-icon-${problem.severity}`} />
                <span>
                  <ProblemWords problem={problem} />
                </span>
              </span>
            ))}
      </p>
      <p class="visually-hidden" role="status">
        {said}
      </p>
    </section>
  );
}

/** A sheet of a header alone has a row to write into. */
function withRow(rows: Rows): Rows {
  return rows.length > 1 ? rows : [rows[0] ?? [], (rows[0] ?? []).map(() => '')];
}

/** The grid as the last event left it: keys come faster than a busy machine draws, and each acts on what the one before it did. */
function useGridState(given: Rows): [{ readonly current: GridState }, (event: GridEvent) => void] {
  const [latest] = useState(() => ({ current: openGrid(withRow(given)) }));
  const [, draw] = useState(latest.current);
  const [send] = useState(() => (event: GridEvent) => {
    latest.current = gridState(latest.current, event);
    draw(latest.current);
  });
  return [latest, send];
}

/** Keeps the grid and whoever holds the sheet of one mind: edits go out, another sheet comes in. */
function useRowsOf(given: Rows, own: Rows, onRows: (rows: Rows) => void, send: (event: GridEvent) => void): void {
  const agreed = useRef(given);
  /** What went out comes back, maybe after the next edit: then it is no other sheet. */
  const [sent] = useState(() => new WeakSet<Rows>());
  useEffect(() => {
    if (given === agreed.current || sent.has(given)) return;
    agreed.current = given;
    send({ type: 'replaced', rows: withRow(given) });
  }, [given]);
  useEffect(() => {
    if (own === agreed.current) return;
    agreed.current = own;
    sent.add(own);
    onRows(own);
  }, [own]);
}

/** Scroll offset and height of the box, px. */
function useView(scroller: { current: HTMLDivElement | null }): { top: number; height: number } {
  const [view, setView] = useState({ top: 0, height: 480 });
  useEffect(() => {
    const box = scroller.current;
    if (box === null) return undefined;
    const read = () => setView({ top: box.scrollTop, height: box.clientHeight });
    read();
    box.addEventListener('scroll', read, { passive: true });
    const sizes = new ResizeObserver(read);
    sizes.observe(box);
    return () => {
      box.removeEventListener('scroll', read);
      sizes.disconnect();
    };
  }, []);
  return view;
}

/** Rows whose props did not change are the very same elements, which the drawing passes over: a scrolled row costs nothing. */
function useKeptRows(numbers: readonly number[], propsOf: (row: number) => GridRowProps): VNode[] {
  const kept = useRef(new Map<number, { props: GridRowProps; locale: string; element: VNode }>());
  const onEnd = useRef<GridRowProps['onEnd']>(() => {});
  const [end] = useState(() => (event: EditorEnd) => onEnd.current(event));
  const locale = currentLocale();
  const next = new Map<number, { props: GridRowProps; locale: string; element: VNode }>();
  for (const row of numbers) {
    const made = propsOf(row);
    onEnd.current = made.onEnd;
    const props = { ...made, onEnd: end };
    const before = kept.current.get(row);
    next.set(
      row,
      before !== undefined && before.locale === locale && sameProps(before.props, props)
        ? before
        : { props, locale, element: <GridRow key={row} {...props} /> },
    );
  }
  kept.current = next;
  return [...next.values()].map(({ element }) => element);
}

function sameProps(a: GridRowProps, b: GridRowProps): boolean {
  const { selected: before, ...restA } = a;
  const { selected: after, ...restB } = b;
  return (
    before?.first === after?.first &&
    before?.last === after?.last &&
    (Object.keys(restA) as (keyof typeof restA)[]).every((key) => restA[key] === restB[key])
  );
}

function numbersFrom(first: number, last: number): number[] {
  return Array.from({ length: last - first }, (_, i) => first + i);
}

function cellElement(box: HTMLElement, { row, column }: Cell): HTMLElement | null {
  return box.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"]`);
}

/** Scrolls a cell out from under the header and the row numbers. */
function reveal(box: HTMLElement, cell: Cell): void {
  const head = box.querySelector<HTMLElement>('.grid-head')?.offsetHeight ?? ROW_HEIGHT;
  const top = cell.row * ROW_HEIGHT;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + ROW_HEIGHT > box.scrollTop + box.clientHeight - head) box.scrollTop = top + ROW_HEIGHT - box.clientHeight + head;
  const element = cellElement(box, cell);
  const numbers = box.querySelector<HTMLElement>('.grid-number')?.offsetWidth ?? 0;
  if (element === null) return;
  const [own, view] = [element.getBoundingClientRect(), box.getBoundingClientRect()];
  const rightToLeft = getComputedStyle(box).direction === 'rtl';
  const from = view.left + (rightToLeft ? 0 : numbers);
  const to = from + box.clientWidth - numbers;
  if (own.left < from) box.scrollLeft -= from - own.left;
  else if (own.right > to) box.scrollLeft += Math.min(own.right - to, own.left - from);
}

/** The cell, or the row number (without a column), under a pointer. */
function placeOf(target: EventTarget | null): { row: number; column?: number } | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  if (element === null) return null;
  const { row, column } = element.dataset;
  return { row: Number(row), ...(column === undefined ? {} : { column: Number(column) }) };
}

function press(event: PointerEvent, act: (event: GridEvent) => void): void {
  const at = placeOf(event.target);
  if (at === null || event.button !== 0) return;
  // Inside the open cell the press belongs to the text.
  if (event.target instanceof HTMLTextAreaElement) return;
  // Whatever is being written is written before the cursor goes on.
  if (document.activeElement instanceof HTMLTextAreaElement) document.activeElement.blur();
  if (at.column === undefined) act({ type: 'select-rows', row: at.row, extend: event.shiftKey });
  else act({ type: 'move', to: { row: at.row, column: at.column }, extend: event.shiftKey });
}

function drag(event: PointerEvent, cursor: Cell, act: (event: GridEvent) => void): void {
  if (event.buttons !== 1 || event.pointerType === 'touch' || event.target instanceof HTMLTextAreaElement) return;
  const at = placeOf(document.elementFromPoint(event.clientX, event.clientY));
  if (at?.column === undefined || (at.row === cursor.row && at.column === cursor.column)) return;
  act({ type: 'move', to: { row: at.row, column: at.column }, extend: true });
}

/** What is read aloud after a deed that the eye sees anyway. */
function wordsFor(event: GridEvent, cells: number, rows: number): string | null {
  switch (event.type) {
    case 'clear':
      return t('grid.cleared', { count: cells });
    case 'fill-down':
      return t('grid.filled', { count: cells });
    case 'insert-rows':
      return t('grid.inserted', { count: rows });
    case 'delete-rows':
      return t('grid.deleted', { count: rows });
    case 'undo':
      return t('grid.undone');
    case 'redo':
      return t('grid.redone');
    default:
      return null;
  }
}

import type { ManagerRow } from '../rows.ts';
import { el } from '../../browser/class-names.ts';
import type { Column } from './formats.ts';
import type { Switches } from './page-state.ts';
import { RowView, type RowActions, type ShownColumn } from './row-view.ts';
import type { Surfaces } from './surfaces.ts';
import { fill, type Words } from './words.ts';

const PINNED = 416;
const HEADER = 42;
const OVERSCAN = 4;

export interface TableParts {
  switches: Switches;
  surfaces: Surfaces;
  words: Words;
  columns: Column[];
  actions: RowActions;
  label: string;
  totals(column: Column): string;
  onSort(column: Column): void;
}

/** A grid of recycled, absolutely positioned rows with columns drawn only while they are in view. */
export class Table {
  readonly scroller: HTMLElement;
  readonly body: HTMLElement;
  readonly live = new Map<number, RowView>();
  rows: readonly ManagerRow[] = [];
  readonly #parts: TableParts;
  readonly #grid: HTMLElement;
  readonly #head: HTMLElement;
  readonly #foot: HTMLElement;
  readonly #free: RowView[] = [];
  readonly #lefts: number[];
  readonly #width: number;
  #drawPending = false;

  constructor(parts: TableParts) {
    this.#parts = parts;
    let left = PINNED;
    this.#lefts = parts.columns.map((column) => (left += column.width) - column.width);
    this.#width = left + 24;
    this.#head = el('div', 'headrow', { role: 'rowgroup' }, this.#headRow());
    this.body = el('div', 'body', { role: 'rowgroup' });
    this.#foot = el('div', 'footrow', { role: 'rowgroup' });
    this.#grid = el(
      'div',
      'grid',
      { role: 'grid', 'aria-label': parts.label, 'aria-colcount': String(parts.columns.length + 3) },
      this.#head,
      this.body,
      this.#foot,
    );
    this.scroller = el('div', 'scroller', { tabindex: '0', role: 'presentation' }, this.#grid);
    this.#grid.style.width = `${this.#width}px`;
    this.scroller.addEventListener('scroll', () => this.#drawSoon(), { passive: true });
    new ResizeObserver(() => this.#drawSoon()).observe(this.scroller);
  }

  setRows(rows: readonly ManagerRow[]): void {
    this.rows = rows;
    const { switches } = this.#parts;
    this.body.style.height = `${rows.length * switches.rowHeight}px`;
    this.#grid.setAttribute('aria-rowcount', String(rows.length + 2));
    for (const [index, view] of this.live) if (index >= rows.length) this.#release(index, view);
    this.#foot.replaceChildren(this.#footRow());
    this.draw();
  }

  draw(): void {
    const { rowHeight } = this.#parts.switches;
    const top = this.scroller.scrollTop;
    const first = Math.max(0, Math.floor(top / rowHeight) - OVERSCAN);
    const last = Math.min(this.rows.length - 1, Math.ceil((top + this.scroller.clientHeight) / rowHeight) + OVERSCAN);
    for (const [index, view] of this.live) if (index < first || index > last) this.#release(index, view);
    const columns = this.#columnsInView();
    for (let index = first; index <= last; index += 1) {
      const row = this.rows[index];
      if (row === undefined) continue;
      let view = this.live.get(index);
      if (view === undefined) {
        view = this.#free.pop();
        if (view === undefined) {
          view = new RowView(this.#parts.switches, this.#parts.surfaces, this.#parts.actions);
          this.body.append(view.node);
        } else {
          view.node.hidden = false;
        }
        this.live.set(index, view);
      }
      view.show(row, index, columns);
    }
    // What is left over this frame stays in the document, out of sight, like a real pool.
    for (const view of this.#free) view.node.hidden = true;
  }

  #drawSoon(): void {
    if (this.#drawPending) return;
    this.#drawPending = true;
    requestAnimationFrame(() => {
      this.#drawPending = false;
      this.draw();
    });
  }

  #release(index: number, view: RowView): void {
    this.live.delete(index);
    this.#free.push(view);
  }

  #columnsInView(): ShownColumn[] {
    const start = Math.abs(this.scroller.scrollLeft) + PINNED - 60;
    const end = Math.abs(this.scroller.scrollLeft) + this.scroller.clientWidth + 60;
    return this.#parts.columns.flatMap((column, place) => {
      const left = this.#lefts[place] as number;
      return left + column.width > start && left < end ? [{ column, left }] : [];
    });
  }

  #headRow(): HTMLElement {
    const { words, surfaces, columns, onSort } = this.#parts;
    const cell = (key: string, title: string, things: string): HTMLElement =>
      el('div', things, { role: 'columnheader', 'data-surface': surfaces.header(key) }, el('span', 'text', {}, title));
    const pin = el(
      'div',
      'pin',
      { role: 'presentation' },
      cell('checkbox', '', 'check'),
      cell('toggle', words.on, 'onoff quiet'),
      cell('name', words.name, 'cell namecell headcell'),
    );
    const row = el('div', 'row', { role: 'row', 'aria-rowindex': '1' }, pin);
    columns.forEach((column, place) => {
      const node = cell(column.key, column.title, `cell float headcell ${column.numeric ? 'num' : ''}`);
      node.style.insetInlineStart = `${this.#lefts[place]}px`;
      node.style.width = `${column.width}px`;
      node.addEventListener('click', () => onSort(column));
      row.append(node);
    });
    row.style.height = `${HEADER}px`;
    return row;
  }

  /** Totals: an object id of −1, the trap of every reader of this table. */
  #footRow(): HTMLElement {
    const { words, columns, switches, totals } = this.#parts;
    const surface = (key: string): string => `/am/table/table_row:-1unit/table_cell:${key}`;
    const name = el(
      'div',
      'cell namecell',
      { role: 'gridcell', 'data-surface': surface('name') },
      el('span', 'text', {}, fill(words.results, new Intl.NumberFormat(document.documentElement.lang).format(this.rows.length))),
    );
    const row = el(
      'div',
      'row',
      { role: 'row', 'aria-rowindex': String(this.rows.length + 2) },
      el('div', 'pin', { role: 'presentation' }, el('div', 'check', { role: 'gridcell' }), el('div', 'onoff', { role: 'gridcell' }), name),
    );
    columns.forEach((column, place) => {
      const node = el(
        'div',
        `cell float ${column.numeric ? 'num' : ''}`,
        { role: 'gridcell', 'data-surface': surface(column.key) },
        el('span', 'text', {}, totals(column)),
      );
      node.style.insetInlineStart = `${this.#lefts[place]}px`;
      node.style.width = `${column.width}px`;
      row.append(node);
    });
    row.style.height = `${switches.rowHeight}px`;
    return el('span', '', { 'data-surface-wrapper': '1', 'data-surface': '/am/table/table_row:-1unit' }, row);
  }
}

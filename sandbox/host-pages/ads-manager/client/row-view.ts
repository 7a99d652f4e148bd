import type { ManagerRow } from '../rows.ts';
import { className, el } from '../../browser/class-names.ts';
import type { Column } from './formats.ts';
import type { Switches } from './page-state.ts';
import type { Surfaces } from './surfaces.ts';

export interface RowActions {
  isSelected(id: string): boolean;
  select(id: string): void;
  hrefOf(row: ManagerRow): string;
  open(row: ManagerRow): void;
}
export interface ShownColumn {
  column: Column;
  left: number;
}

interface CellView {
  node: HTMLElement;
  main: Text;
  note: Text;
  dot: HTMLElement | null;
  key: string;
}

/** One recycled row: the same nodes show another object as the table scrolls, and cells come and go with the columns in view. */
export class RowView {
  readonly node: HTMLElement;
  item: ManagerRow | null = null;
  index = -1;
  readonly #row: HTMLElement;
  readonly #check: HTMLInputElement;
  readonly #switch: HTMLElement;
  readonly #nameCell: HTMLElement;
  readonly #link: HTMLElement;
  readonly #thumb: HTMLElement;
  readonly #name = document.createTextNode('');
  readonly #pinned: [HTMLElement, string][];
  #cells: CellView[] = [];
  readonly #switches: Switches;
  readonly #surfaces: Surfaces;
  readonly #actions: RowActions;

  constructor(switches: Switches, surfaces: Surfaces, actions: RowActions) {
    this.#switches = switches;
    this.#surfaces = surfaces;
    this.#actions = actions;
    this.#check = el('input', '', { type: 'checkbox' }) as HTMLInputElement;
    this.#switch = el('button', 'switch', { type: 'button', role: 'switch', tabindex: '-1' }, el('span', 'knob'));
    this.#link = el('a', 'link text', { tabindex: '-1' }, this.#name);
    this.#thumb = el('span', 'thumb', { 'aria-hidden': 'true' });
    const box = el('div', 'namebox', {}, this.#thumb, this.#link);
    const check = el('div', 'check', { role: 'gridcell' }, this.#check);
    const onoff = el('div', 'onoff', { role: 'gridcell' }, this.#switch);
    this.#nameCell = el('div', 'cell namecell', { role: 'gridcell' }, box);
    this.#pinned = [
      [check, 'checkbox'],
      [onoff, 'toggle'],
      [this.#nameCell, 'name'],
    ];
    this.#row = el('div', 'row', { role: 'row' }, el('div', 'pin', { role: 'presentation' }, check, onoff, this.#nameCell));
    this.node = el('span', 'slot', { 'data-surface-wrapper': '1' }, this.#row);
    this.node.style.height = `${switches.rowHeight}px`;
    this.#check.addEventListener('change', () => {
      if (this.item) actions.select(this.item.id);
    });
    this.#link.addEventListener('click', (event) => {
      event.preventDefault();
      if (this.item) actions.open(this.item);
    });
  }

  /** Shows another object, position or set of columns. Only what differs is written, as the frameworks of such pages do. */
  show(item: ManagerRow, index: number, columns: readonly ShownColumn[]): void {
    const { item: before } = this;
    this.item = item;
    const moved = this.index !== index;
    if (moved) {
      this.index = index;
      this.node.style.transform = `translate(0px, ${index * this.#switches.rowHeight}px)`;
      this.#row.setAttribute('aria-rowindex', String(index + 2));
    }
    const { id } = item;
    // The mixed form of the attribute depends on the place as well.
    if (before !== item || moved) {
      this.node.setAttribute('data-surface', this.#surfaces.row(id, index));
      for (const [cell, key] of this.#pinned) cell.setAttribute('data-surface', this.#surfaces.cell(id, index, key));
    }
    if (before !== item) {
      this.#link.setAttribute('href', this.#actions.hrefOf(item));
      this.#link.setAttribute('data-tooltip-content', item.name);
      this.#name.nodeValue = item.name;
      this.#check.setAttribute('aria-label', item.name);
      this.#switch.setAttribute('aria-label', item.name);
      this.#switch.setAttribute('aria-checked', String(item.on));
      this.#thumb.style.background = `hsl(${(Number(id.slice(-4)) * 47) % 360} 30% 66%)`;
    }
    const selected = this.#actions.isSelected(item.id);
    this.#check.checked = selected;
    this.node.classList.toggle(className('selected'), selected);
    this.#row.setAttribute('aria-selected', String(selected));
    this.#showCells(item, index, columns);
  }

  #showCells(item: ManagerRow, index: number, columns: readonly ShownColumn[]): void {
    while (this.#cells.length > columns.length) this.#cells.pop()?.node.remove();
    columns.forEach(({ column, left }, place) => {
      let cell = this.#cells[place];
      if (cell === undefined) {
        cell = this.#newCell();
        this.#cells[place] = cell;
        // Before whatever somebody else may have put at the end of the row.
        const previous = this.#cells[place - 1]?.node ?? this.#row.firstElementChild;
        previous?.after(cell.node);
      }
      const surface = this.#surfaces.cell(item.id, index, column.key);
      if (cell.node.getAttribute('data-surface') !== surface) cell.node.setAttribute('data-surface', surface);
      if (cell.key !== column.key) {
        cell.key = column.key;
        cell.node.style.insetInlineStart = `${left}px`;
        cell.node.style.width = `${column.width}px`;
        cell.node.classList.toggle(className('num'), column.numeric);
      }
      const main = column.main(item);
      if (cell.main.nodeValue !== main) cell.main.nodeValue = main;
      const note = column.note(item);
      if (cell.note.nodeValue !== note) cell.note.nodeValue = note;
      if (cell.dot) {
        cell.dot.hidden = column.key !== 'delivery';
        cell.dot.classList.toggle(className('doton'), item.delivery === 'ACTIVE');
      }
    });
  }

  /** Two ages of the same cell: a span with text, or a nest of boxes around it. */
  #newCell(): CellView {
    const main = document.createTextNode('');
    const note = document.createTextNode('');
    const dot = el('span', 'dot', { hidden: '' });
    const node = el('div', 'cell float', { role: 'gridcell' });
    if (this.#switches.variant === 'a') node.append(el('span', 'text', {}, dot, main), el('span', 'quiet', {}, note));
    else
      node.append(
        el(
          'div',
          'text',
          {},
          el('div', '', { 'data-visualcompletion': 'ignore-dynamic' }, el('span', '', { 'data-spend': '' }, el('span', '', {}, dot, main))),
        ),
        el('div', 'quiet', {}, el('span', '', {}, note)),
      );
    return { node, main, note, dot, key: '' };
  }
}

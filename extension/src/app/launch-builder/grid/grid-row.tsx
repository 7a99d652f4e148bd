import type { PlanProblem } from '#shared/contracts/launches.ts';
import { fmt, t } from '../../../ui/i18n.ts';
import { Icon } from '../../../ui/icon.tsx';
import { CellEditor, type EditorEnd } from './cell-editor.tsx';
import { directionOfColumn } from './grid-columns.ts';
import type { Range } from './grid-range.ts';

export const ROW_HEIGHT = 32;
/** More is not seen in a cell of one line; the whole text is in the editor. */
const MOST_SHOWN = 160;

export interface GridRowProps {
  /** Place in the sheet, from 0. */
  row: number;
  header: readonly string[];
  texts: readonly string[];
  problemsAt: (row: number, column: number | null) => readonly PlanProblem[];
  /** The column of the cursor when it is in this row. */
  cursor: number | null;
  /** Selected columns when the selection goes through this row. */
  selected: Pick<Range, 'first' | 'last'> | null;
  /** Text of the open editor, which stands at the cursor. */
  editing: string | null;
  /** Id of the line that says what is wrong at the cursor. */
  problemId: string;
  onEnd: (end: EditorEnd) => void;
}

/** One row of the sheet. It listens to nothing itself: the grid hears for all of its thousands of cells. */
export function GridRow({ row, header, texts, problemsAt, cursor, selected, editing, problemId, onEnd }: GridRowProps) {
  const ofRow = problemsAt(row, null);
  return (
    <div role="row" aria-rowindex={row + 2} class="grid-row" style={{ transform: `translateY(${row * ROW_HEIGHT}px)` }}>
      <div
        role="rowheader"
        class={`grid-number ${ofRow[0] === undefined ? '' : `grid-${ofRow[0].severity}`}`}
        data-row={row}
        title={titleOf(ofRow)}
      >
        {ofRow.length > 0 && <Icon name={ofRow[0]?.severity === 'error' ? 'error' : 'warning'} size={12} />}
        {fmt().number(row + 2)}
      </div>
      {header.map((name, column) => {
        const problems = problemsAt(row, column);
        const text = texts[column] ?? '';
        const isCursor = column === cursor;
        const isSelected = selected !== null && column >= selected.first && column <= selected.last;
        const severity = problems[0]?.severity;
        return (
          <div
            key={column}
            role="gridcell"
            aria-colindex={column + 2}
            aria-selected={isSelected}
            aria-invalid={severity === 'error' ? true : undefined}
            aria-describedby={isCursor && severity !== undefined ? problemId : undefined}
            tabIndex={isCursor ? 0 : -1}
            data-row={row}
            data-column={column}
            dir={directionOfColumn(name)}
            title={titleOf(problems)}
            class={`grid-cell ${severity === undefined ? '' : `grid-${severity}`} ${isSelected ? 'grid-selected' : ''} ${isCursor ? 'grid-cursor' : ''}`}
          >
            {isCursor && editing !== null ? (
              <CellEditor at={{ row, column }} text={editing} label={t('grid.editorLabel', { column: name, row: row + 2 })} onEnd={onEnd} />
            ) : (
              text.slice(0, MOST_SHOWN)
            )}
          </div>
        );
      })}
    </div>
  );
}

function titleOf(problems: readonly PlanProblem[]): string | undefined {
  return problems.length === 0 ? undefined : problems.map(({ message, fix }) => `${message} ${fix}`).join('\n');
}

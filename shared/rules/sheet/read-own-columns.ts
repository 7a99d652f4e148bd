import { goalOf } from '../ad-shape.ts';
import { fieldsAsked, readOwnSetting, writeOwnSetting } from '../ad-platforms/own-settings.ts';
import type { AdPlatformId } from '../ad-platforms/index.ts';
import type { PlanSettings } from '../launch-plan.ts';
import { OWN_COLUMNS, type OwnColumn } from './columns.ts';
import type { RowReport } from './row-problem.ts';

interface OwnRow {
  row: number;
  cell: (column: OwnColumn) => string;
  report: RowReport;
}

/**
 * Settings as the sheet's own columns have them: a cell wins over what was typed for the launch, an empty one says nothing, and two rows
 * may not differ. What the goal has no use for is left as it was.
 */
export function readOwnColumns(rows: readonly OwnRow[], platform: AdPlatformId, settings: PlanSettings): PlanSettings {
  let read = settings;
  for (const { setting } of fieldsAsked(platform, goalOf({ platform, settings })?.needs ?? [])) {
    const column = OWN_COLUMNS[setting];
    let first: { row: number; said: string } | null = null;
    for (const { row, cell, report } of rows) {
      if (cell(column) === '') continue;
      const value = readOwnSetting(setting, cell(column));
      if (value === null) {
        report.error(column, 'NOT_YES_OR_NO', `"${cell(column)}" says neither yes nor no.`, 'Write yes or no.', { value: cell(column) });
        continue;
      }
      const next = { ...read, ...value };
      const said = writeOwnSetting(setting, next);
      if (first !== null && first.said !== said)
        report.error(
          column,
          'CONTRADICTION',
          `The ${column.replaceAll('_', ' ')} of the launch is another one in row ${first.row}.`,
          'Write the same in both rows, or leave one empty.',
          { otherRow: first.row },
        );
      if (first !== null) continue;
      first = { row, said };
      read = next;
    }
  }
  return read;
}

import { platformRules, type AdPlatformId } from '../ad-platforms/index.ts';
import { OWN_SETTINGS } from '../ad-platforms/platform-rules.ts';
import { showsText } from '../text-limits.ts';
import { closestColumn, columnName, columnOf, IGNORED_COLUMNS, OWN_COLUMNS, type SheetColumn } from './columns.ts';
import { reportFor, type RowProblem } from './row-problem.ts';

export interface Header {
  /** Column → position in the row. */
  positions: ReadonlyMap<SheetColumn, number>;
  problems: RowProblem[];
}

/** Reads row 1: which column is where, which are missing, doubled, misspelt, unknown or of no use on this platform. */
export function readHeader(cells: readonly string[], platform: AdPlatformId): Header {
  const positions = new Map<SheetColumn, number>();
  const problems: RowProblem[] = [];
  const report = reportFor(1, problems);
  cells.forEach((cell, position) => {
    const written = cell.trim();
    if (written === '' || IGNORED_COLUMNS.includes(columnName(written))) return;
    const column = columnOf(written);
    if (column === null) {
      const meant = closestColumn(written);
      if (meant === null)
        report.warning(
          written,
          'UNKNOWN_COLUMN',
          `The column "${written}" is not known and is not used.`,
          'Remove it, or rename it to a column of the template.',
          { column: written },
        );
      else
        report.error(written, 'UNKNOWN_COLUMN', `The column "${written}" is not known.`, `Did you mean "${meant}"?`, {
          column: written,
          meant,
        });
    } else if (positions.has(column))
      report.error(column, 'DUPLICATE_COLUMN', `The column "${column}" is there twice.`, 'Keep one of them.', { column });
    else positions.set(column, position);
  });
  const { fields, label } = platformRules(platform);
  for (const setting of OWN_SETTINGS) {
    const column = OWN_COLUMNS[setting];
    if (positions.has(column) && !fields.some((field) => field.setting === setting))
      report.warning(column, 'UNUSED_COLUMN', `${label} has no use for the column "${column}".`, 'Remove it.', { column });
  }
  const need = (columns: readonly SheetColumn[], fix: string) => {
    if (!columns.some((column) => positions.has(column)))
      report.error(columns[0] as SheetColumn, 'MISSING_COLUMN', `The column "${columns.join('" or "')}" is missing.`, fix, {
        column: columns[0] as SheetColumn,
      });
  };
  need(['ad_set'], 'Add a column "ad_set" with the ad set of each row.');
  need(['concept', 'media'], 'Add a column "concept", or "media" with file names.');
  if (showsText(platform, 'headline')) need(['headline'], 'Add a column "headline".');
  if (showsText(platform, 'primaryText')) need(['primary_text'], 'Add a column "primary_text".');
  return { positions, problems };
}

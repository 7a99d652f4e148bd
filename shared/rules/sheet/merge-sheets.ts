import { columnName, columnOf } from './columns.ts';

type Rows = readonly (readonly string[])[];

export interface MergedSheet {
  rows: Rows;
  /** Rows of the present sheet that the other one names by their item path. */
  updated: number;
  /** Rows of the other one that the present sheet did not have. */
  added: number;
}

/**
 * Another sheet laid over the present one, row by row, keyed by item path: its columns win, columns it lacks stay, what it does not name
 * stays. Rows without a path, or with one that nobody has, come below; a path is there once afterwards, however often it was given.
 * Null = the two have no path in common, so that one can only take the other's place.
 */
export function mergeSheets(present: Rows, other: Rows): MergedSheet | null {
  const [otherHeader = [], ...otherRows] = other;
  const pathColumn = pathColumnOf(otherHeader);
  const places = placesOf(present);
  if (pathColumn === -1 || !otherRows.some((row) => places.has((row[pathColumn] ?? '').trim()))) return null;

  const header = [...(present[0] ?? [])];
  const columns = otherHeader.map((name) => {
    const wanted = nameOf(name);
    const known = header.findIndex((cell) => nameOf(cell) === wanted);
    return known === -1 ? header.push(name) - 1 : known;
  });
  const rows: string[][] = present.slice(1).map((row) => header.map((_, i) => row[i] ?? ''));
  const updated = new Set<number>();
  for (const row of otherRows) {
    if (row.every((cell) => cell.trim() === '')) continue;
    const path = (row[pathColumn] ?? '').trim();
    const known = path === '' ? undefined : places.get(path);
    const place = known ?? rows.push(header.map(() => '')) - 1;
    if (path !== '') places.set(path, place);
    if (known !== undefined && known < present.length - 1) updated.add(known);
    columns.forEach((column, i) => {
      (rows[place] as string[])[column] = row[i] ?? '';
    });
  }
  return { rows: [header, ...rows], updated: updated.size, added: rows.length - (present.length - 1) };
}

/** Item path → row below the header. */
function placesOf([header = [], ...rows]: Rows): Map<string, number> {
  const column = pathColumnOf(header);
  const places = new Map<string, number>();
  if (column === -1) return places;
  rows.forEach((row, i) => {
    const path = (row[column] ?? '').trim();
    if (path !== '' && !places.has(path)) places.set(path, i);
  });
  return places;
}

function pathColumnOf(header: readonly string[]): number {
  return header.findIndex((cell) => columnOf(cell) === 'item_path');
}

/** Two headers of one column are the same, whichever of its names they use. */
function nameOf(header: string): string {
  return columnOf(header) ?? columnName(header);
}

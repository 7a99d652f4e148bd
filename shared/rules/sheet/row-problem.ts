import type { SheetColumn } from './columns.ts';

/** One finding in a spreadsheet. Message and fix are plain English; code and params serve translations. */
export interface RowProblem {
  /** As the spreadsheet counts: the header is row 1. */
  row: number;
  /** Our column name, or the header as written when it is not one of ours; null = the whole row. */
  column: SheetColumn | (string & {}) | null;
  code: string;
  severity: 'error' | 'warning';
  message: string;
  fix: string;
  params: Record<string, string | number>;
}

/** Collects findings of one row. */
export interface RowReport {
  error(column: RowProblem['column'], code: string, message: string, fix: string, params?: RowProblem['params']): void;
  warning(column: RowProblem['column'], code: string, message: string, fix: string, params?: RowProblem['params']): void;
}

export function reportFor(row: number, problems: RowProblem[]): RowReport {
  const add =
    (severity: RowProblem['severity']): RowReport['error'] =>
    (column, code, message, fix, params = {}) => {
      problems.push({ row, column, code, severity, message, fix, params });
    };
  return { error: add('error'), warning: add('warning') };
}

import Papa from 'papaparse';
import type { LaunchItem } from '#shared/contracts/launches.ts';

/** Receipts as a spreadsheet, one row per object. Texts that a spreadsheet would run as a formula are made harmless. */
export function receiptsCsv(items: readonly LaunchItem[]): string {
  const rows = items.map((item) => ({
    item_path: item.itemPath,
    kind: item.kind,
    name: item.name,
    state: item.state,
    external_id: item.externalId ?? '',
    attempts: item.attempts.length,
    last_outcome: item.attempts.at(-1)?.outcome ?? '',
    validation: item.validation?.level ?? '',
    drift: item.drift.map((one) => `${one.field}: ${one.planned} -> ${one.found}`).join('; '),
    error_code: item.error?.code ?? '',
    error: item.error?.message ?? '',
    fix: item.error?.fix ?? '',
    undo: item.undo?.how ?? item.undo?.state ?? '',
    undone_at: item.undo?.steps.findLast((one) => one.step === 'undone')?.at ?? '',
    undo_trace_id: item.undo?.steps.findLast((one) => one.traceId !== null)?.traceId ?? '',
    manager_url: item.managerUrl ?? '',
  }));
  // The mark at the start is what makes spreadsheets read UTF-8.
  return `\uFEFF${Papa.unparse(rows, { escapeFormulae: true, newline: '\r\n' })}`;
}

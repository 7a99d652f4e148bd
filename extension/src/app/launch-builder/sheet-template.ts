import type { AdAccount } from '#shared/contracts/connections.ts';
import { templateSheet } from '#shared/rules/sheet/write-sheet.ts';
import { writeCsv } from '#shared/sheets/parse-csv.ts';
import type { Draft } from './draft.ts';
import { makePlan } from './make-plan.ts';

/** A spreadsheet to start from: the columns that ads of this account and goal are made of, and an example. The mark at the start makes spreadsheets read UTF-8. */
export function sheetTemplate(draft: Draft, account: AdAccount): string {
  return `\uFEFF${writeCsv(templateSheet(makePlan({ ...draft, sheet: null, media: [] }, account).plan))}`;
}

import type { AdAccount } from '#shared/contracts/connections.ts';
import { templateSheet } from '#shared/rules/sheet/write-sheet.ts';
import { writeCsv } from '#shared/sheets/parse-csv.ts';
import type { Draft } from './draft.ts';
import { makePlan } from './make-plan.ts';

/** A spreadsheet to start from: the columns that ads of this account and goal are made of, and an example. The mark at the start makes spreadsheets read UTF-8. */
export function sheetTemplate(draft: Draft, account: AdAccount): string {
  return `\uFEFF${writeCsv(templateOf(draft, account))}`;
}

const BLANK_ROWS = 10;

/** The columns of the template over empty rows, to write into. */
export function blankSheet(draft: Draft, account: AdAccount): string[][] {
  const [header = []] = templateOf(draft, account);
  return [header, ...Array.from({ length: BLANK_ROWS }, () => header.map(() => ''))];
}

function templateOf(draft: Draft, account: AdAccount): string[][] {
  return templateSheet(makePlan({ ...draft, sheet: null, media: [] }, account).plan);
}

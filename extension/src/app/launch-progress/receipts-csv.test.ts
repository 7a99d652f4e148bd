import { expect, test } from 'vitest';
import type { LaunchItem } from '#shared/contracts/launches.ts';
import { receiptsCsv } from './receipts-csv.ts';

const item: LaunchItem = {
  id: 'itm_1',
  kind: 'ad',
  itemPath: 'c1/s1/a',
  name: '=HYPERLINK("x")',
  state: 'REJECTED',
  externalId: null,
  parentItemId: null,
  validation: null,
  undo: null,
  managerUrl: null,
  accepted: [],
  correctable: [],
  corrections: [],
  drift: [{ field: 'status', planned: 'PAUSED', found: 'ACTIVE' }],
  error: { code: '100', message: 'Text, too long', fix: 'Shorten it', atRisk: 'no', raw: null, retry: 'fixable' },
  attempts: [
    { n: 1, sentAt: '2026-11-01T10:00:00Z', finishedAt: null, outcome: 'rejected', requestHash: 'h', traceId: null, detail: null },
  ],
};

test('a receipt is one row that no spreadsheet runs', () => {
  const [head, row, end] = receiptsCsv([item]).split('\r\n');
  expect(head).toContain('item_path,kind,name,state,external_id,attempts,last_outcome');
  expect(row).toBe(`c1/s1/a,ad,"'=HYPERLINK(""x"")",REJECTED,,1,rejected,,status: PAUSED -> ACTIVE,100,"Text, too long",Shorten it,,,,`);
  expect(end).toBeUndefined();
});

import { writeSheet } from '#shared/rules/sheet/write-sheet.ts';
import { writeCsv } from '#shared/sheets/parse-csv.ts';
import { Button } from '../../ui/button.tsx';
import { t } from '../../ui/i18n.ts';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { downloadBlob } from '../launch-progress/download-text.ts';
import { useAction } from '../use-load.ts';
import type { Draft } from './draft.ts';
import type { PlannerView } from './planner/use-planner.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * The plan as a spreadsheet, one row per ad with its item path: brought back it updates the same ads. While there are errors there is no
 * whole plan, and the rows are given as they stand.
 */
export function ExportSheet({ draft, planner }: { draft: Draft; planner: PlannerView }) {
  const hasPlan = planner.outline?.hasErrors === false && !planner.busy;
  const rows = async () => (hasPlan ? writeSheet(await planner.plan()) : (draft.sheet?.rows ?? []));
  const name = draft.name.trim().replaceAll(/[\\/:*?"<>|]+/g, '-') || 'inlay-launch';
  const csv = useAction(async () => {
    // The mark at the start makes spreadsheets read UTF-8.
    downloadBlob(`${name}.csv`, new Blob([`\uFEFF${writeCsv(await rows())}`], { type: 'text/csv' }));
  });
  const xlsx = useAction(async () => {
    const { writeXlsx } = await import('#shared/sheets/write-xlsx.ts');
    downloadBlob(`${name}.xlsx`, new Blob([await writeXlsx(await rows())], { type: XLSX }));
  });
  const error = csv.error ?? xlsx.error;
  return (
    <div class="stack-2">
      <div class="row-2">
        <Button icon="download" busy={csv.busy} onClick={() => void csv.run()}>
          {t('grid.exportCsv')}
        </Button>
        <Button icon="download" busy={xlsx.busy} onClick={() => void xlsx.run()}>
          {t('grid.exportXlsx')}
        </Button>
        <span class="small faint">{t(hasPlan ? 'grid.exportPlan' : 'grid.exportRows')}</span>
      </div>
      {error !== null && <ProblemMessage error={error} />}
    </div>
  );
}

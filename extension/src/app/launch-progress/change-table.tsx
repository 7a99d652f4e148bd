import type { UndoReceipt } from '#shared/contracts/launches.ts';
import { t } from '../../ui/i18n.ts';

/** What somebody changed of an object since it was built. */
export function ChangeTable({ changes }: { changes: UndoReceipt['changes'] }) {
  return (
    <div class="table-scroll" tabIndex={0}>
      <table class="table table-inner">
        <thead>
          <tr>
            <th scope="col">{t('receipts.field')}</th>
            <th scope="col">{t('undo.asBuilt')}</th>
            <th scope="col">{t('undo.now')}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((one) => (
            <tr key={one.field}>
              <td>{fieldOf(one.field)}</td>
              <td>
                <bdi>{one.before}</bdi>
              </td>
              <td>
                <bdi>{one.now}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Fields are the platform's words; what lies inside is ours. */
function fieldOf(field: string) {
  if (field === 'foreign_ads' || field === 'foreign_ad_sets') return t(`undo.${field}`);
  return <code>{field}</code>;
}

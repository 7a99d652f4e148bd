import type { LaunchSummary } from '#shared/contracts/launches.ts';
import { t } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icon.tsx';

/** What exactly-once had to mend, and what it found in the account and left alone; nothing when there was nothing. */
export function LaunchFindings({ launch: { adoptions, incidents, strays } }: { launch: LaunchSummary }) {
  if (adoptions + incidents + strays === 0) return null;
  return (
    <ul class="stack-1 small" data-testid="findings">
      {adoptions > 0 && (
        <li>
          <Icon name="info" size={12} /> {t('progress.adopted', { count: adoptions })}
        </li>
      )}
      {incidents > 0 && (
        <li>
          <Icon name="warning" size={12} /> {t('progress.incidents', { count: incidents })}
        </li>
      )}
      {strays > 0 && (
        <li>
          <Icon name="warning" size={12} /> {t('progress.strays', { count: strays })}
        </li>
      )}
    </ul>
  );
}

import type { LaunchItem } from '#shared/contracts/launches.ts';
import { Chip } from '../../ui/chip.tsx';
import { t } from '../../ui/i18n.ts';

/** Which of the three levels a row got; never merged into one green tick. */
export function ValidationChip({ validation }: { validation: LaunchItem['validation'] }) {
  if (validation === null) return <span class="faint">—</span>;
  const { level, ok, note } = validation;
  const tone = !ok ? 'poor' : level === 'platform' ? 'good' : level === 'local' ? 'accent' : 'neutral';
  return (
    <Chip tone={tone} icon={!ok ? 'error' : level === 'not_checkable' ? 'info' : 'check'} title={note ?? t(`validation.${level}Title`)}>
      {t(`validation.${level}`)}
    </Chip>
  );
}

import type { DataExport } from '#shared/contracts/privacy.ts';
import { Chip, type Tone } from '../ui/chip.tsx';
import { t } from '../ui/i18n.ts';
import type { IconName } from '../ui/icon.tsx';

const LOOKS: Record<DataExport['state'], { tone: Tone; icon: IconName }> = {
  queued: { tone: 'accent', icon: 'refresh' },
  ready: { tone: 'good', icon: 'check' },
  failed: { tone: 'poor', icon: 'error' },
  expired: { tone: 'neutral', icon: 'close' },
};

/** How far a copy of a person's or an organization's data is. */
export function ExportState({ state }: Pick<DataExport, 'state'>) {
  return <Chip {...LOOKS[state]}>{t(`export.${state}`)}</Chip>;
}

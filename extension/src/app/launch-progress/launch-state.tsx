import type { LaunchSummary } from '#shared/contracts/launches.ts';
import { Chip, type Tone } from '../../ui/chip.tsx';
import { t } from '../../ui/i18n.ts';
import type { IconName } from '../../ui/icon.tsx';

const LOOK: Record<LaunchSummary['state'], { tone: Tone; icon: IconName }> = {
  draft: { tone: 'neutral', icon: 'file' },
  checking: { tone: 'accent', icon: 'refresh' },
  checked: { tone: 'accent', icon: 'check' },
  running: { tone: 'accent', icon: 'refresh' },
  cancelling: { tone: 'fair', icon: 'pause' },
  cancelled: { tone: 'neutral', icon: 'close' },
  verified: { tone: 'good', icon: 'pause' },
  active: { tone: 'good', icon: 'check' },
  needs_attention: { tone: 'poor', icon: 'warning' },
  undoing: { tone: 'fair', icon: 'refresh' },
  partly_undone: { tone: 'poor', icon: 'warning' },
  undone: { tone: 'neutral', icon: 'close' },
};

/** The state, or whose word it waits for. */
export function LaunchState({ launch }: { launch: Pick<LaunchSummary, 'state' | 'approval'> }) {
  const { tone, icon } = LOOK[launch.state];
  if (launch.approval.asked !== null)
    return (
      <Chip tone={launch.approval.you === 'may' ? 'poor' : 'fair'} icon="info" title={t('second.waitsTitle')}>
        {launch.approval.you === 'may' ? t('second.waitsForYou') : t('second.waits')}
      </Chip>
    );
  return (
    <Chip tone={tone} icon={icon} title={t(`launchState.${launch.state}Title`)}>
      {t(`launchState.${launch.state}`)}
    </Chip>
  );
}

const ITEM: Record<keyof LaunchSummary['byState'], { tone: Tone; icon: IconName }> = {
  PLANNED: { tone: 'neutral', icon: 'file' },
  READY: { tone: 'neutral', icon: 'play' },
  SENDING: { tone: 'accent', icon: 'refresh' },
  CREATED: { tone: 'accent', icon: 'plus' },
  VERIFIED: { tone: 'good', icon: 'check' },
  ACTIVE: { tone: 'good', icon: 'play' },
  REJECTED: { tone: 'poor', icon: 'error' },
  HELD: { tone: 'fair', icon: 'warning' },
  CANCELLED: { tone: 'neutral', icon: 'close' },
  UNDONE: { tone: 'neutral', icon: 'close' },
};

export function ItemState({ state }: { state: keyof LaunchSummary['byState'] }) {
  const { tone, icon } = ITEM[state];
  return (
    <Chip tone={tone} icon={icon} title={t(`itemState.${state}Title`)}>
      {t(`itemState.${state}`)}
    </Chip>
  );
}

import { t } from '../../../../ui/i18n.ts';
import { Icon } from '../../../../ui/icon.tsx';
import { may } from '../../../session/me.ts';

/** Says who may change a section, to those who may only look at it. */
export function ReadOnly({ unless }: { unless: string }) {
  if (may(unless)) return null;
  return (
    <div class="notice settings-note">
      <Icon name="info" />
      <p>{t('section.readOnly')}</p>
    </div>
  );
}

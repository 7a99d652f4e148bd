import { LOCALES, LOCALE_NAMES } from '#shared/messages/locales.ts';
import { ChoiceBar } from '../../../../ui/chip.tsx';
import { t } from '../../../../ui/i18n.ts';
import { language, theme } from '../../../preferences.ts';
import { PageHead } from '../../../shell/page-head.tsx';

/** Choices of this browser only; they count at once. */
export function Browser() {
  return (
    <>
      <PageHead title={t('section.browser')} />
      <section class="card stack-4">
        <div class="stack-1">
          <span class="small soft">{t('settings.language')}</span>
          <div>
            <ChoiceBar
              label={t('settings.language')}
              value={language.value.value}
              onChange={language.set}
              choices={[
                { value: 'account', label: t('settings.fromAccount') },
                ...LOCALES.map((locale) => ({ value: locale, label: LOCALE_NAMES[locale] })),
              ]}
            />
          </div>
        </div>
        <div class="stack-1">
          <span class="small soft">{t('settings.theme')}</span>
          <div>
            <ChoiceBar
              label={t('settings.theme')}
              value={theme.value.value}
              onChange={theme.set}
              choices={[
                { value: 'system', label: t('settings.themeSystem') },
                { value: 'light', label: t('settings.themeLight') },
                { value: 'dark', label: t('settings.themeDark') },
              ]}
            />
          </div>
        </div>
      </section>
    </>
  );
}

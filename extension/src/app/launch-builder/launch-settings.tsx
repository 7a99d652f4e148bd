import type { AdAccount } from '#shared/contracts/connections.ts';
import { platformRules } from '#shared/rules/ad-platforms/index.ts';
import { CALLS_TO_ACTION, GOALS } from '#shared/rules/ad-platforms/platform-rules.ts';
import { SelectField, TextField } from '../../ui/field.tsx';
import { t, wordOf } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import type { DraftSettings } from './draft.ts';

const MODES = ['auto', 'zip', 'all', 'n-per-ad-set', 'one-ad-set-per-concept'] as const;
const CATEGORIES = ['', 'CREDIT', 'EMPLOYMENT', 'HOUSING', 'ISSUES_ELECTIONS_POLITICS'] as const;

/** Defaults for everything the spreadsheet leaves open; a cell always wins over them. */
export function LaunchSettings({
  account,
  settings,
  onChange,
}: {
  account: AdAccount;
  settings: DraftSettings;
  onChange: (change: Partial<DraftSettings>) => void;
}) {
  const rules = platformRules(account.platform);
  return (
    <details class="disclosure card" open>
      <summary>
        <Icon name="chevron" size={12} />
        <strong>{t('builder.settings')}</strong>
        <span class="small faint">{t('builder.settingsHint')}</span>
      </summary>
      <div class="settings-grid">
        <SelectField
          label={t('setting.goal')}
          value={settings.goal}
          onPick={(goal) => onChange({ goal })}
          options={GOALS.filter((goal) => rules.goals.some((one) => one.goal === goal)).map((goal) => ({
            value: goal,
            label: t(`goal.${goal}`),
          }))}
        />
        <SelectField
          label={t('setting.mode')}
          value={settings.mode}
          onPick={(mode) => onChange({ mode })}
          options={MODES.map((mode) => ({ value: mode, label: t(`mode.${mode}`) }))}
        />
        {settings.mode === 'n-per-ad-set' && (
          <TextField
            label={t('setting.perAdSet')}
            type="number"
            min={1}
            max={50}
            value={settings.perAdSet}
            onText={(perAdSet) => onChange({ perAdSet })}
          />
        )}
        <SelectField
          label={t('setting.budgetLevel')}
          value={settings.budgetLevel}
          onPick={(budgetLevel) => onChange({ budgetLevel })}
          options={[
            { value: 'ad_set', label: t('setting.perAdSetBudget') },
            { value: 'campaign', label: t('setting.perCampaignBudget') },
          ]}
        />
        <TextField
          label={t('setting.budget', { currency: account.currency })}
          inputMode="decimal"
          dir="ltr"
          value={settings.dailyBudget}
          onText={(dailyBudget) => onChange({ dailyBudget })}
        />
        <TextField
          label={t('setting.countries')}
          dir="ltr"
          placeholder="FR, BE"
          value={settings.countries}
          onText={(countries) => onChange({ countries })}
        />
        <TextField
          label={t('setting.link')}
          type="url"
          dir="ltr"
          placeholder="https://"
          value={settings.link}
          onText={(link) => onChange({ link })}
        />
        {settings.goal === 'leads' && (
          <TextField
            label={t('setting.leadForm')}
            dir="ltr"
            inputMode="numeric"
            value={settings.leadFormId}
            onText={(leadFormId) => onChange({ leadFormId })}
          />
        )}
        {settings.goal === 'sales' && (
          <TextField
            label={t('setting.pixel')}
            dir="ltr"
            inputMode="numeric"
            value={settings.pixelId}
            onText={(pixelId) => onChange({ pixelId })}
          />
        )}
        <SelectField
          label={t('setting.cta')}
          value={settings.callToAction}
          onPick={(callToAction) => onChange({ callToAction })}
          options={CALLS_TO_ACTION.filter((cta) => rules.callsToAction[cta] !== undefined).map((cta) => ({
            value: cta,
            label: wordOf('cta', cta),
          }))}
        />
        <TextField
          label={t('setting.start', { timezone: account.timezone })}
          type="datetime-local"
          value={settings.startTime}
          onText={(startTime) => onChange({ startTime })}
        />
        <SelectField
          label={t('setting.category')}
          value={settings.specialAdCategory}
          onPick={(specialAdCategory) => onChange({ specialAdCategory })}
          options={CATEGORIES.map((category) => ({ value: category, label: t(`category.${category === '' ? 'none' : category}`) }))}
        />
      </div>
      <p class="small faint">{t('builder.enhancementsOff')}</p>
    </details>
  );
}

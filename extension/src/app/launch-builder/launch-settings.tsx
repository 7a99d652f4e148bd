import { useMemo } from 'preact/hooks';
import type { AdAccount } from '#shared/contracts/connections.ts';
import { measureOf } from '#shared/rules/ad-platforms/goal-measures.ts';
import { fieldsAsked } from '#shared/rules/ad-platforms/own-settings.ts';
import { SelectField, TextField } from '../../ui/field.tsx';
import { t, wordOf } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import { chosenFor, type Chosen } from './chosen-for.ts';
import type { Draft, DraftSettings } from './draft.ts';
import { PlatformFields } from './platform-fields.tsx';
import { settingFaults } from './setting-faults.ts';

const MODES = ['auto', 'zip', 'all', 'n-per-ad-set', 'one-ad-set-per-concept'] as const;

interface Props {
  account: AdAccount;
  draft: Draft;
  onChange: (change: Partial<DraftSettings>) => void;
}

/** Defaults for everything the spreadsheet leaves open; a cell always wins over them. */
export function LaunchSettings({ account, draft, onChange }: Props) {
  const { settings } = draft;
  const chosen = chosenFor(account.platform, settings);
  const faults = useMemo(() => settingFaults(draft, account), [draft.settings, draft.name, account]);
  return (
    <details class="disclosure card" open data-testid="launch-settings">
      <summary>
        <Icon name="chevron" size={12} />
        <strong>{t('builder.settings')}</strong>
        <span class="small faint">{t('builder.settingsHint')}</span>
      </summary>
      <div class="settings-grid">
        <GoalFields chosen={chosen} onChange={onChange} />
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
        <BudgetFields account={account} settings={settings} chosen={chosen} onChange={onChange} />
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
        <SelectField
          label={t('setting.cta')}
          value={chosen.callToAction}
          onPick={(callToAction) => onChange({ callToAction })}
          options={chosen.callsToAction.map((cta) => ({ value: cta, label: wordOf('cta', cta) }))}
        />
        <TextField
          label={t('setting.start', { timezone: account.timezone })}
          type="datetime-local"
          value={settings.startTime}
          onText={(startTime) => onChange({ startTime })}
        />
        <PlatformFields
          platform={account.platform}
          fields={fieldsAsked(account.platform, chosen.goal.needs)}
          settings={settings}
          faults={faults}
          onChange={onChange}
        />
      </div>
      <p class="small faint">{t('builder.enhancementsOff')}</p>
    </details>
  );
}

/** What the ads are for; the platform's kinds of campaign and ways to count are asked only where there is a choice. */
function GoalFields({ chosen, onChange }: { chosen: Chosen; onChange: Props['onChange'] }) {
  const { goal, goals, objectives, measures } = chosen;
  return (
    <>
      <SelectField
        label={t('setting.goal')}
        value={goal.goal}
        onPick={(one) => onChange({ goal: one, objective: '', optimizationGoal: '' })}
        options={goals.map((one) => ({ value: one, label: t(`goal.${one}`) }))}
      />
      {objectives.length > 1 && (
        <SelectField
          label={t('setting.objective')}
          value={goal.objective}
          onPick={(objective) => onChange({ objective, optimizationGoal: '' })}
          options={objectives.map((one) => ({ value: one, label: wordOf('objective', one) }))}
        />
      )}
      {measures.length > 1 && (
        <SelectField
          label={t('setting.measure')}
          value={goal.optimizationGoal}
          onPick={(optimizationGoal) => onChange({ optimizationGoal })}
          options={measures.map((one) => ({ value: one.optimizationGoal, label: t(`measure.${measureOf(one.optimizationGoal)}`) }))}
        />
      )}
    </>
  );
}

function BudgetFields({ account, settings, chosen, onChange }: Omit<Props, 'draft'> & { settings: DraftSettings; chosen: Chosen }) {
  return (
    <>
      <SelectField
        label={t('setting.budgetLevel')}
        value={chosen.budgetLevel}
        onPick={(budgetLevel) => onChange({ budgetLevel })}
        options={chosen.budgetLevels.map((level) => ({
          value: level,
          label: t(level === 'ad_set' ? 'setting.perAdSetBudget' : 'setting.perCampaignBudget'),
        }))}
      />
      <TextField
        label={t('setting.budget', { currency: account.currency })}
        inputMode="decimal"
        dir="ltr"
        value={settings.dailyBudget}
        onText={(dailyBudget) => onChange({ dailyBudget })}
      />
      {chosen.bids.length > 1 && (
        <SelectField
          label={t('setting.bid')}
          value={chosen.bid.bid}
          onPick={(bid) => onChange({ bid })}
          options={chosen.bids.map(({ bid }) => ({ value: bid, label: t(`bid.${bid}`) }))}
        />
      )}
      {chosen.bid.needsAmount && (
        <TextField
          label={t('setting.bidAmount', { currency: account.currency })}
          inputMode="decimal"
          dir="ltr"
          value={settings.bidAmount}
          onText={(bidAmount) => onChange({ bidAmount })}
        />
      )}
    </>
  );
}

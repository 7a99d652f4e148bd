import { useState } from 'preact/hooks';
import * as organizations from '#shared/contracts/organizations.ts';
import { LOCALES, LOCALE_NAMES } from '#shared/messages/locales.ts';
import { Button } from '../../../ui/button.tsx';
import { SelectField, TextField } from '../../../ui/field.tsx';
import { t } from '../../../ui/i18n.ts';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { toast } from '../../../ui/toast.tsx';
import { home, may, me, session } from '../../session/me.ts';
import { useTransport } from '../../transport-context.ts';
import { useAction } from '../../use-load.ts';
import { milliFromText, textFromMilli } from './milli-text.ts';

const WINDOWS = [1, 7, 14, 28, 30, 60, 90] as const;

/** Name, judgement and attribution of the organization; everybody in it sees figures by these. */
export function OrganizationForm() {
  const transport = useTransport();
  const organization = home();
  const [form, setForm] = useState<Record<'name' | 'timezone' | 'locale' | 'window' | 'target' | 'floor', string>>({
    name: organization.name,
    timezone: organization.timezone,
    locale: organization.locale,
    window: String(organization.attributionWindowDays),
    target: textFromMilli(organization.targetRoasMilli),
    floor: textFromMilli(organization.floorRoasMilli),
  });
  const put = (field: keyof typeof form) => (value: string) => setForm((was) => ({ ...was, [field]: value }));
  const target = milliFromText(form.target);
  const floor = milliFromText(form.floor);
  const inverted = typeof target === 'number' && typeof floor === 'number' && floor > target;
  const save = useAction(async () => {
    if (target === undefined || floor === undefined || inverted) return;
    const saved = await transport.call(organizations.updateOrganization, {
      body: {
        name: form.name,
        timezone: form.timezone,
        locale: LOCALES.find((one) => one === form.locale) ?? 'en',
        attributionWindowDays: WINDOWS.find((days) => String(days) === form.window) ?? 28,
        targetRoasMilli: target,
        floorRoasMilli: floor,
      },
    });
    session.value = { ...me(), organization: saved };
    toast(t('saved'));
  });
  const readOnly = !may('organization:write');
  return (
    <section class="card">
      <form
        class="stack-4"
        onSubmit={(event) => {
          event.preventDefault();
          void save.run();
        }}
      >
        <h2>{t('settings.organization')}</h2>
        <div class="grid-2">
          <TextField label={t('signUp.organization')} required maxLength={120} disabled={readOnly} value={form.name} onText={put('name')} />
          <TextField
            label={t('accounts.timezone')}
            required
            disabled={readOnly}
            list="timezones"
            dir="ltr"
            value={form.timezone}
            onText={put('timezone')}
            hint={t('settings.timezoneHint')}
          />
          <TextField
            label={t('settings.target')}
            inputMode="decimal"
            disabled={readOnly}
            value={form.target}
            onText={put('target')}
            hint={t('settings.targetHint')}
            error={target === undefined ? t('settings.notARatio') : null}
          />
          <TextField
            label={t('settings.floor')}
            inputMode="decimal"
            disabled={readOnly}
            value={form.floor}
            onText={put('floor')}
            hint={t('settings.floorHint')}
            error={floor === undefined ? t('settings.notARatio') : inverted ? t('settings.floorAboveTarget') : null}
          />
          <SelectField
            label={t('settings.attribution')}
            disabled={readOnly}
            options={WINDOWS.map((days) => ({ value: String(days), label: t('window.length', { count: days }) }))}
            value={form.window}
            onPick={put('window')}
            hint={t('settings.attributionHint')}
          />
          <SelectField
            label={t('settings.locale')}
            disabled={readOnly}
            options={LOCALES.map((locale) => ({ value: locale, label: LOCALE_NAMES[locale] }))}
            value={form.locale}
            onPick={put('locale')}
            hint={t('settings.localeHint')}
          />
        </div>
        <datalist id="timezones">
          {Intl.supportedValuesOf('timeZone').map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
        {save.error !== null && <ProblemMessage error={save.error} safe={t('nothingSaved')} />}
        {!readOnly && (
          <div>
            <Button look="primary" type="submit" busy={save.busy}>
              {t('save')}
            </Button>
          </div>
        )}
      </form>
    </section>
  );
}

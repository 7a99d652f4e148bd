import { useState } from 'preact/hooks';
import * as organizations from '#shared/contracts/organizations.ts';
import type { BodyInput } from '#shared/contracts/define-contract.ts';
import type { OrganizationOfMe } from '#shared/contracts/identity.ts';
import { LOCALES, LOCALE_NAMES } from '#shared/messages/locales.ts';
import { Button } from '../../../../ui/button.tsx';
import { SelectField, TextField } from '../../../../ui/field.tsx';
import { t } from '../../../../ui/i18n.ts';
import { ProblemMessage } from '../../../../ui/problem-message.tsx';
import { toast } from '../../../../ui/toast.tsx';
import { home, may, me, session } from '../../../session/me.ts';
import { fieldRefused } from '../../../session/refusal.tsx';
import { PageHead } from '../../../shell/page-head.tsx';
import { useTransport } from '../../../transport-context.ts';
import { useAction } from '../../../use-load.ts';
import { ReadOnly } from '../parts/read-only.tsx';
import { milliFromText, textFromMilli } from './milli-text.ts';
import { OrganizationLogo } from './organization-logo.tsx';
import { NamingPolicy, policyFault, type Policy } from './naming-policy.tsx';

/** What the service may refuse of these stands below the field itself. */
const SAID_AT_FIELD = ['name', 'slug', 'timezone', 'currency'];
const WINDOWS = [1, 7, 14, 28, 30, 60, 90] as const;
type Settings = Required<BodyInput<typeof organizations.updateOrganization>>;

/** Name, judgement and attribution of the organization; everybody in it sees figures by these. */
export function General() {
  return (
    <>
      <PageHead title={t('section.general')} />
      <ReadOnly unless="organization:write" />
      <div class="stack-4">
        <SettingsForm key={home().id} />
        <OrganizationLogo />
      </div>
    </>
  );
}

function SettingsForm() {
  const transport = useTransport();
  const organization = home();
  const [form, setForm] = useState({
    name: organization.name,
    slug: organization.slug,
    currency: organization.currency,
    timezone: organization.timezone,
    locale: organization.locale,
    window: String(organization.attributionWindowDays),
    target: textFromMilli(organization.targetRoasMilli),
    floor: textFromMilli(organization.floorRoasMilli),
  });
  const [naming, setNaming] = useState<Policy | null>(organization.namingPolicy);
  const put = (field: keyof typeof form) => (value: string) => setForm((was) => ({ ...was, [field]: value }));
  const target = milliFromText(form.target);
  const floor = milliFromText(form.floor);
  const inverted = typeof target === 'number' && typeof floor === 'number' && floor > target;
  const save = useAction(async () => {
    if (target === undefined || floor === undefined || inverted || (naming !== null && policyFault(naming))) return;
    const wanted: Settings = {
      name: form.name.trim(),
      slug: form.slug.trim(),
      currency: form.currency.trim().toUpperCase(),
      timezone: form.timezone,
      locale: LOCALES.find((one) => one === form.locale) ?? organization.locale,
      attributionModel: organization.attributionModel,
      attributionWindowDays: WINDOWS.find((days) => String(days) === form.window) ?? 28,
      targetRoasMilli: target,
      floorRoasMilli: floor,
      namingPolicy: naming,
    };
    const body = changesOf(wanted, organization);
    if (Object.keys(body).length > 0) {
      const saved = await transport.call(organizations.updateOrganization, { body });
      session.value = { ...me(), organization: saved };
    }
    toast(t('saved'));
  });
  const readOnly = !may('organization:write');
  const recounts = form.window !== String(organization.attributionWindowDays) || form.timezone !== organization.timezone;
  const refused = (field: string) => fieldRefused(save.error, field);
  return (
    <form
      class="stack-4"
      data-testid="general"
      onSubmit={(event) => {
        event.preventDefault();
        void save.run();
      }}
    >
      <section class="card stack-4">
        <h2>{t('general.profile')}</h2>
        <div class="grid-2">
          <TextField
            label={t('signUp.organization')}
            required
            maxLength={120}
            disabled={readOnly}
            value={form.name}
            onText={put('name')}
            error={refused('name')}
          />
          <TextField
            label={t('general.slug')}
            required
            disabled={readOnly}
            dir="ltr"
            pattern="[a-z0-9][a-z0-9\-]{1,38}[a-z0-9]"
            value={form.slug}
            onText={put('slug')}
            hint={t('general.slugHint')}
            error={refused('slug') === null ? null : t('general.slugTaken')}
          />
          <SelectField
            label={t('settings.locale')}
            disabled={readOnly}
            options={LOCALES.map((locale) => ({ value: locale, label: LOCALE_NAMES[locale] }))}
            value={form.locale}
            onPick={put('locale')}
            hint={t('settings.localeHint')}
          />
          <TextField
            label={t('accounts.timezone')}
            required
            disabled={readOnly}
            list="timezones"
            dir="ltr"
            value={form.timezone}
            onText={put('timezone')}
            hint={t('settings.timezoneHint')}
            error={refused('timezone')}
          />
        </div>
      </section>
      <section class="card stack-4">
        <h2>{t('general.figures')}</h2>
        <div class="grid-2">
          <TextField
            label={t('general.currency')}
            required
            disabled={readOnly}
            dir="ltr"
            pattern="[A-Za-z]{3}"
            list="currencies"
            value={form.currency}
            onText={put('currency')}
            hint={t('general.currencyHint')}
            error={refused('currency')}
          />
          <SelectField
            label={t('general.model')}
            disabled
            options={[{ value: organization.attributionModel, label: t(`model.${organization.attributionModel}`) }]}
            value={organization.attributionModel}
            onPick={() => undefined}
            hint={t('general.modelHint')}
          />
          <SelectField
            label={t('settings.attribution')}
            disabled={readOnly}
            options={WINDOWS.map((days) => ({ value: String(days), label: t('window.length', { count: days }) }))}
            value={form.window}
            onPick={put('window')}
            hint={t('settings.attributionHint')}
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
        </div>
        {recounts && <p class="field-hint">{t('general.recount')}</p>}
      </section>
      <NamingPolicy policy={naming} onChange={setNaming} readOnly={readOnly} timezone={organization.timezone} />
      <datalist id="timezones">
        {Intl.supportedValuesOf('timeZone').map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
      <datalist id="currencies">
        {Intl.supportedValuesOf('currency').map((code) => (
          <option key={code} value={code} />
        ))}
      </datalist>
      {save.error !== null && !SAID_AT_FIELD.some((field) => refused(field) !== null) && (
        <ProblemMessage error={save.error} safe={t('nothingSaved')} />
      )}
      {!readOnly && (
        <div>
          <Button look="primary" type="submit" busy={save.busy} data-testid="general-save">
            {t('save')}
          </Button>
        </div>
      )}
    </form>
  );
}

/** Only what differs is sent: a setting nobody touched is not written over what somebody else has just chosen. */
function changesOf(wanted: Settings, was: OrganizationOfMe): BodyInput<typeof organizations.updateOrganization> {
  const keys = Object.keys(wanted) as (keyof Settings)[];
  return Object.fromEntries(
    keys.filter((key) => JSON.stringify(wanted[key]) !== JSON.stringify(was[key])).map((key) => [key, wanted[key]]),
  );
}

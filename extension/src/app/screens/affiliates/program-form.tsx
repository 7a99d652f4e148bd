import { useState } from 'preact/hooks';
import * as contracts from '#shared/contracts/affiliates.ts';
import { SelectField, TextField } from '../../../ui/field.tsx';
import { t } from '../../../ui/i18n.ts';
import { FormDialog } from '../../form-dialog.tsx';
import { home } from '../../session/me.ts';
import { useTransport } from '../../transport-context.ts';
import { useAction } from '../../use-load.ts';
import { percentOf, type Program } from './program.ts';

const STATES = ['open', 'paused', 'closed'] as const;

interface Form {
  name: string;
  shop: string;
  currency: string;
  ratePercent: string;
  windowDays: string;
  domains: string;
  state: (typeof STATES)[number];
}

/** Terms of the program. A new rate counts for orders from now on; booked commissions keep theirs. */
export function ProgramForm({ program, onClose, onSaved }: { program: Program | null; onClose: () => void; onSaved: () => void }) {
  const transport = useTransport();
  const [form, setForm] = useState<Form>({
    name: program?.name ?? '',
    shop: program?.shop ?? '',
    currency: program?.currency ?? home().currency,
    ratePercent: program === null ? '10' : String(percentOf(program)),
    windowDays: String(program?.windowDays ?? 30),
    domains: program?.allowedDomains.join(', ') ?? '',
    state: program?.state ?? 'open',
  });
  const put = (field: keyof typeof form) => (value: string) => setForm((was) => ({ ...was, [field]: value }));
  const save = useAction(async () => {
    const allowedDomains = form.domains.split(/[\s,]+/).filter((domain) => domain !== '');
    await transport.call(contracts.saveProgram, {
      body: {
        name: form.name,
        shop: form.shop.trim(),
        currency: form.currency.trim().toUpperCase(),
        state: form.state,
        ratePercent: form.ratePercent.trim().replace(',', '.'),
        windowDays: Number(form.windowDays),
        allowedDomains,
      },
    });
    onSaved();
  });
  return (
    <FormDialog
      title={program === null ? t('affiliates.create') : t('affiliates.edit')}
      submit={t('save')}
      action={save}
      safe={t('nothingSaved')}
      onClose={onClose}
    >
      <TextField label={t('affiliates.name')} required maxLength={120} value={form.name} onText={put('name')} />
      <TextField
        label={t('connections.shop')}
        required
        dir="ltr"
        pattern="[a-z0-9][a-z0-9\-]*\.myshopify\.com"
        placeholder="your-shop.myshopify.com"
        value={form.shop}
        onText={put('shop')}
      />
      <div class="grid-2">
        <TextField
          label={t('affiliates.rate')}
          required
          inputMode="decimal"
          pattern="\d{1,2}([.,]\d{1,2})?"
          value={form.ratePercent}
          onText={put('ratePercent')}
        />
        <TextField
          label={t('affiliates.window')}
          required
          type="number"
          min={1}
          max={365}
          value={form.windowDays}
          onText={put('windowDays')}
        />
        <TextField label={t('accounts.currency')} required pattern="[A-Za-z]{3}" value={form.currency} onText={put('currency')} />
        <SelectField
          label={t('affiliates.state')}
          options={STATES.map((state) => ({ value: state, label: t(`program.${state}`) }))}
          value={form.state}
          onPick={put('state')}
        />
      </div>
      <TextField
        label={t('affiliates.domains')}
        required
        dir="ltr"
        value={form.domains}
        onText={put('domains')}
        hint={t('affiliates.domainsHint')}
      />
    </FormDialog>
  );
}

import { useState } from 'preact/hooks';
import * as contracts from '#shared/contracts/spend-limits.ts';
import type { SpendLimit } from '#shared/contracts/spend-limits.ts';
import { TextField } from '../../../../ui/field.tsx';
import { t } from '../../../../ui/i18n.ts';
import { toast } from '../../../../ui/toast.tsx';
import { FormDialog } from '../../../form-dialog.tsx';
import { useProof } from '../../../session/proof.ts';
import { useTransport } from '../../../transport-context.ts';
import { useAction } from '../../../use-load.ts';
import { minorFromText, textFromMinor } from './amount-text.ts';

const FIELDS = ['secondPersonAboveMinor', 'accountDailyMinor', 'organizationDailyMinor'] as const;
type Field = (typeof FIELDS)[number];

interface Props {
  /** Null = a currency nothing was said about yet. */
  limit: SpendLimit | null;
  /** A new one begins with it. */
  currency: string;
  onClose: () => void;
  onSaved: (limits: SpendLimit[]) => void;
}

/** What launches of one currency may spend; an empty field is no rule. */
export function LimitForm({ limit, currency: proposed, onClose, onSaved }: Props) {
  const transport = useTransport();
  const withProof = useProof();
  const [currency, setCurrency] = useState(limit?.currency ?? proposed);
  const [text, setText] = useState<Record<Field, string>>(() => ({
    secondPersonAboveMinor: textFromMinor(limit?.secondPersonAboveMinor ?? null, currency),
    accountDailyMinor: textFromMinor(limit?.accountDailyMinor ?? null, currency),
    organizationDailyMinor: textFromMinor(limit?.organizationDailyMinor ?? null, currency),
  }));
  const code = currency.trim().toUpperCase();
  const amounts = FIELDS.map((field) => minorFromText(text[field], code));
  const save = useAction(async () => {
    const [secondPersonAboveMinor = null, accountDailyMinor = null, organizationDailyMinor = null] = amounts;
    const body = { secondPersonAboveMinor, accountDailyMinor, organizationDailyMinor };
    const { limits } = await withProof(() => transport.call(contracts.setSpendLimit, { params: { currency: code }, body }));
    toast(t('saved'));
    onSaved(limits);
  });
  return (
    <FormDialog
      title={limit === null ? t('spending.add') : t('spending.edit', { currency: limit.currency })}
      submit={t('save')}
      action={save}
      safe={t('nothingSaved')}
      onClose={onClose}
      lacking={code.length !== 3 || amounts.includes(undefined)}
      data-testid="limit-save"
    >
      {limit === null && (
        <TextField
          label={t('general.currency')}
          required
          takesFocus
          dir="ltr"
          pattern="[A-Za-z]{3}"
          maxLength={3}
          value={currency}
          onText={setCurrency}
          hint={t('spending.currencyHint')}
          data-testid="limit-currency"
        />
      )}
      {FIELDS.map((field, i) => (
        <TextField
          key={field}
          label={t(`spending.${field}`, { currency: code })}
          inputMode="decimal"
          dir="ltr"
          value={text[field]}
          onText={(value) => setText((was) => ({ ...was, [field]: value }))}
          hint={t(`spending.${field}Hint`)}
          error={amounts[i] === undefined ? t('spending.notAnAmount', { currency: code }) : null}
          data-testid={`limit-${field}`}
        />
      ))}
    </FormDialog>
  );
}

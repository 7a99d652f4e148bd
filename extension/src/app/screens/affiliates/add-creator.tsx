import { ApiError } from '#shared/api-client/create-api-client.ts';
import { useState } from 'preact/hooks';
import * as contracts from '#shared/contracts/affiliates.ts';
import { TextField } from '../../../ui/field.tsx';
import { t } from '../../../ui/i18n.ts';
import { FormDialog } from '../../form-dialog.tsx';
import { useTransport } from '../../transport-context.ts';
import { useAction } from '../../use-load.ts';
import type { Program } from './program.ts';

/** A creator with link and coupon in one step. */
export function AddCreator({ program, onClose, onAdded }: { program: Program; onClose: () => void; onAdded: () => void }) {
  const transport = useTransport();
  const [form, setForm] = useState({
    name: '',
    code: '',
    destination: `https://${program.allowedDomains[0] ?? program.shop}/`,
    coupon: '',
    shopCustomerId: '',
  });
  const [ownCode, setOwnCode] = useState(false);
  const put = (field: keyof typeof form) => (value: string) =>
    setForm((was) => ({ ...was, [field]: value, ...(field === 'name' && !ownCode ? { code: codeFrom(value) } : {}) }));
  const add = useAction(async () => {
    const { coupon, shopCustomerId, ...rest } = form;
    await transport.call(contracts.addAffiliate, {
      body: {
        ...rest,
        ...(coupon.trim() === '' ? {} : { coupon }),
        ...(shopCustomerId.trim() === '' ? {} : { shopCustomerId: shopCustomerId.trim() }),
      },
    });
    onAdded();
  });
  const taken = takenField(add.error);
  return (
    <FormDialog
      title={t('affiliates.add')}
      submit={t('affiliates.add')}
      action={add}
      error={taken === null ? add.error : null}
      safe={t('nothingSaved')}
      onClose={onClose}
    >
      <TextField label={t('affiliates.creator')} required maxLength={120} value={form.name} onText={put('name')} />
      <TextField
        label={t('affiliates.code')}
        required
        dir="ltr"
        pattern="[a-z0-9\-]{3,40}"
        value={form.code}
        onText={(code) => {
          setOwnCode(true);
          put('code')(code);
        }}
        hint={t('affiliates.codeHint')}
        error={taken === 'code' ? t('affiliates.codeTaken') : null}
      />
      <TextField label={t('affiliates.destination')} required type="url" dir="ltr" value={form.destination} onText={put('destination')} />
      <div class="grid-2">
        <TextField
          label={t('affiliates.couponOptional')}
          error={taken === 'coupon' ? t('affiliates.couponTaken') : null}
          minLength={3}
          maxLength={40}
          dir="ltr"
          value={form.coupon}
          onText={put('coupon')}
        />
        <TextField
          label={t('affiliates.customerId')}
          pattern="\d{1,20}"
          inputMode="numeric"
          dir="ltr"
          value={form.shopCustomerId}
          onText={put('shopCustomerId')}
          hint={t('affiliates.customerIdHint')}
        />
      </div>
    </FormDialog>
  );
}

/** A name somebody has already is said at its field. */
function takenField(error: unknown): 'code' | 'coupon' | null {
  if (!(error instanceof ApiError) || error.problem.code !== 'conflict') return null;
  const path = error.problem.fields?.[0]?.path.replace(/^body\./, '');
  return path === 'code' || path === 'coupon' ? path : null;
}

function codeFrom(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
}

import { useState } from 'preact/hooks';
import * as operations from '#shared/contracts/operations.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { t } from '../../../ui/i18n.ts';
import { toast } from '../../../ui/toast.tsx';
import { FormDialog } from '../../form-dialog.tsx';
import { useProof } from '../../session/proof.ts';
import { useTransport } from '../../transport-context.ts';
import { useAction } from '../../use-load.ts';

type Wish = 'disable' | 'enable';

/** Keeping somebody out, and letting them in again. Nobody is listed: our staff is told an address, it does not look for one. */
export function People() {
  const [wish, setWish] = useState<Wish | null>(null);
  return (
    <section class="card stack-3" data-testid="staff-people">
      <div class="stack-1">
        <h2>{t('people.title')}</h2>
        <p class="small soft">{t('people.note')}</p>
      </div>
      <div class="row-2">
        <Button look="danger" onClick={() => setWish('disable')} data-testid="person-disable">
          {t('people.disable')}
        </Button>
        <Button onClick={() => setWish('enable')} data-testid="person-enable">
          {t('people.enable')}
        </Button>
      </div>
      {wish !== null && <ChangePerson wish={wish} onClose={() => setWish(null)} />}
    </section>
  );
}

function ChangePerson({ wish, onClose }: { wish: Wish; onClose: () => void }) {
  const transport = useTransport();
  const withProof = useProof();
  const [body, setBody] = useState({ email: '', why: '' });
  const change = useAction(async () => {
    if (wish === 'disable') {
      const { sessionsEnded } = await withProof(() => transport.call(operations.disablePerson, { body }));
      toast(t('people.disabled', { count: sessionsEnded }));
    } else {
      await withProof(() => transport.call(operations.enablePerson, { body }));
      toast(t('people.enabled'));
    }
    onClose();
  });
  return (
    <FormDialog
      title={t(`people.${wish}Title`)}
      submit={t(`people.${wish}`)}
      look={wish === 'disable' ? 'danger' : 'primary'}
      action={change}
      safe={t('people.unchanged')}
      onClose={onClose}
      data-testid="person-submit"
    >
      <TextField
        label={t('people.email')}
        type="email"
        dir="ltr"
        required
        takesFocus
        value={body.email}
        onText={(email) => setBody({ ...body, email })}
      />
      <TextField
        label={t('people.why')}
        required
        minLength={3}
        maxLength={300}
        value={body.why}
        onText={(why) => setBody({ ...body, why })}
      />
    </FormDialog>
  );
}

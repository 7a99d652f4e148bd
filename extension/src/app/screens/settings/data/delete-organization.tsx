import { useState } from 'preact/hooks';
import * as privacy from '#shared/contracts/privacy.ts';
import { Button } from '../../../../ui/button.tsx';
import { fmt, t } from '../../../../ui/i18n.ts';
import { Icon } from '../../../../ui/icon.tsx';
import { ProblemMessage } from '../../../../ui/problem-message.tsx';
import { toast } from '../../../../ui/toast.tsx';
import { KeptByLaw, keptOf, type Kept } from '../../../kept-by-law.tsx';
import { home, may, me, session } from '../../../session/me.ts';
import { useProof } from '../../../session/proof.ts';
import { useTransport } from '../../../transport-context.ts';
import { useAction } from '../../../use-load.ts';
import { Confirm } from '../parts/confirm.tsx';

/** The end of the organization: asked for with its name, due in a week, taken back until then. */
export function DeleteOrganization() {
  const transport = useTransport();
  const withProof = useProof();
  const { name, deletionDueAt } = home();
  const [asking, setAsking] = useState(false);
  const [kept, setKept] = useState<Kept | null>(null);
  const mayDelete = may('organization:delete');
  return (
    <section class="card stack-3">
      <div class="stack-1">
        <h2>{t('data.delete')}</h2>
        <p class="small soft">{t('data.deleteNote', { name })}</p>
      </div>
      {deletionDueAt !== null && <Due at={deletionDueAt} />}
      {kept !== null && <KeptByLaw kept={kept} />}
      {!mayDelete && <p class="small soft">{t('data.ownersOnly')}</p>}
      {mayDelete && deletionDueAt === null && (
        <div>
          <Button look="danger" onClick={() => setAsking(true)} data-testid="organization-delete">
            {t('data.delete')}
          </Button>
        </div>
      )}
      {asking && (
        <Confirm
          title={t('data.deleteTitle', { name })}
          effect={t('data.deleteEffect')}
          more={<KeptByLaw kept={keptOf('organization')} />}
          submit={t('data.deleteSubmit')}
          safe={t('data.notDeleted')}
          typed={{ name, label: t('data.typeName', { name }) }}
          onClose={() => setAsking(false)}
          run={async () => {
            const answer = await withProof(() => transport.call(privacy.deleteOrganization, { body: { name } }));
            session.value = { ...me(), organization: { ...home(), deletionDueAt: answer.dueAt } };
            setKept(answer.kept);
            setAsking(false);
          }}
        />
      )}
    </section>
  );
}

function Due({ at }: { at: string }) {
  const transport = useTransport();
  const keep = useAction(async () => {
    await transport.call(privacy.keepOrganization, {});
    session.value = { ...me(), organization: { ...home(), deletionDueAt: null } };
    toast(t('data.kept'));
  });
  return (
    <div class="notice notice-fair" role="status">
      <Icon name="warning" />
      <div class="stack-2">
        <p>
          <strong>{t('data.due', { at: fmt().instant(at) })}</strong> {t('data.dueNote')}
        </p>
        {may('organization:delete') && (
          <div>
            <Button busy={keep.busy} onClick={keep.run} data-testid="organization-keep">
              {t('data.keep')}
            </Button>
          </div>
        )}
        {keep.error !== null && <ProblemMessage error={keep.error} />}
      </div>
    </div>
  );
}

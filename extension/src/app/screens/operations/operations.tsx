import * as operations from '#shared/contracts/operations.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { fmt, t } from '../../../ui/i18n.ts';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Button } from '../../../ui/button.tsx';
import { me } from '../../session/me.ts';
import { PageHead } from '../../shell/page-head.tsx';
import { useTransport } from '../../transport-context.ts';
import { useLoad } from '../../use-load.ts';
import { DeadLetters } from './dead-letters.tsx';
import { Health } from './health.tsx';
import { OpenGrants } from './open-grants.tsx';
import { People } from './people.tsx';

/** For the platform's staff: how the machine is, never what is in it. */
export function Operations() {
  return me().user.isStaff ? (
    <Machine />
  ) : (
    <>
      <PageHead title={t('nav.operations')} />
      <EmptyState icon="info" title={t('operations.closed')} text={t('operations.closedText')} />
    </>
  );
}

function Machine() {
  const transport = useTransport();
  const { now, reload } = useLoad('operations', (signal) => transport.call(operations.readOperations, { signal }));
  return (
    <>
      <PageHead
        title={t('nav.operations')}
        note={
          now.data === null ? t('operations.note') : `${t('operations.note')} ${t('operations.at', { at: fmt().instant(now.data.at) })}`
        }
      >
        <Button icon="refresh" busy={now.state === 'loading'} onClick={reload}>
          {t('accounts.sync')}
        </Button>
      </PageHead>
      <div class="stack-6">
        {now.state === 'failed' && <ProblemMessage error={now.error} onRetry={reload} />}
        {now.data === null ? now.state === 'loading' && <Skeleton kind="figures" rows={5} /> : <Health machine={now.data} />}
        <DeadLetters onChanged={reload} />
        <OpenGrants />
        <People />
      </div>
    </>
  );
}

import * as contracts from '#shared/contracts/account.ts';
import { t } from '../../../ui/i18n.ts';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { PageHead } from '../../shell/page-head.tsx';
import { useTransport } from '../../transport-context.ts';
import { useLoad } from '../../use-load.ts';
import { SecondFactorCard } from './second-factor-card.tsx';
import { Sessions } from './sessions.tsx';

/** What keeps others out: the second factor, and where the person is signed in. */
export function Security() {
  const transport = useTransport();
  const { now, reload } = useLoad('account', (signal) => transport.call(contracts.getAccount, { signal }));
  return (
    <>
      <PageHead title={t('security.title')} />
      {now.state === 'failed' && <ProblemMessage error={now.error} onRetry={reload} />}
      {now.data === null ? (
        now.state === 'loading' && <Skeleton kind="text" rows={8} />
      ) : (
        <div class="stack-6 narrow">
          <SecondFactorCard account={now.data} onChanged={reload} />
          <Sessions />
        </div>
      )}
    </>
  );
}

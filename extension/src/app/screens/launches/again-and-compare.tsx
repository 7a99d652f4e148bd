import { useState } from 'preact/hooks';
import * as contracts from '#shared/contracts/launches.ts';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { fmt, t } from '../../../ui/i18n.ts';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { go, href } from '../../router.ts';
import { may } from '../../session/me.ts';
import { useTransport } from '../../transport-context.ts';
import { useAction, useLoad } from '../../use-load.ts';

/** How many launches to compare with are offered; older ones are found in the history. */
const OFFERED = 50;

/** What can be done with the plan of a launch, whatever became of the launch. */
export function AgainAndCompare({ launch }: { launch: LaunchSummary }) {
  const [asking, setAsking] = useState<'again' | 'compare' | null>(null);
  const close = () => setAsking(null);
  return (
    <div class="row-2">
      <Button onClick={() => setAsking('compare')}>{t('compare.open')}</Button>
      {may('launches:write') && (
        <Button icon="refresh" onClick={() => setAsking('again')} data-testid="launch-again">
          {t('again.title')}
        </Button>
      )}
      {asking === 'again' && <AgainDialog launch={launch} onClose={close} />}
      {asking === 'compare' && <CompareDialog launch={launch} onClose={close} />}
    </div>
  );
}

type Asked = { launch: LaunchSummary; onClose: () => void };

/** Makes the new draft, and tells which dates moved before it is opened. */
function AgainDialog({ launch, onClose }: Asked) {
  const transport = useTransport();
  const [key] = useState(() => crypto.randomUUID());
  const [made, setMade] = useState<Awaited<ReturnType<typeof ask>> | null>(null);
  const ask = () => transport.call(contracts.launchAgain, { params: { id: launch.id }, idempotencyKey: key });
  const again = useAction(async () => {
    const answer = await ask();
    if (answer.moved.length === 0 && answer.warnings.length === 0) go(`/launches/${answer.launch.id}`);
    else setMade(answer);
  });
  const show = (value: string) => (value.length > 10 ? fmt().instant(value) : fmt().day(value));
  return (
    <Dialog
      title={t('again.ask', { name: launch.name })}
      onClose={onClose}
      actions={
        made === null ? (
          <>
            <Button onClick={onClose}>{t('cancel')}</Button>
            <Button look="primary" busy={again.busy} onClick={again.run} data-testid="again-confirm">
              {t('again.make')}
            </Button>
          </>
        ) : (
          <Button look="primary" onClick={() => go(`/launches/${made.launch.id}`)} data-testid="again-open">
            {t('again.open')}
          </Button>
        )
      }
    >
      {made === null ? (
        <p>{t('again.effect', { objects: t('objects', { count: launch.counts.total }) })}</p>
      ) : (
        <div class="stack-2">
          <p>{t('again.made')}</p>
          <ul class="stack-1">
            {made.moved.map((one) => (
              <li key={one.field}>{t(`again.moved.${one.field}`, { from: show(one.from), to: show(one.to) })}</li>
            ))}
            {made.warnings.map((one) => (
              <li key={`${one.code} ${one.itemPath} ${one.launchId}`}>
                <bdi lang="en">{one.message}</bdi>
              </li>
            ))}
          </ul>
        </div>
      )}
      {again.error !== null && <ProblemMessage error={again.error} safe={t('approve.nothingCreated')} />}
    </Dialog>
  );
}

function CompareDialog({ launch, onClose }: Asked) {
  const transport = useTransport();
  const list = useLoad(`compare ${launch.accountId}`, async (signal) => {
    const answer = await transport.call(contracts.listLaunches, { query: { accountId: launch.accountId, pageSize: OFFERED }, signal });
    return answer.launches.filter((one) => one.id !== launch.id);
  });
  const { data } = list.now;
  return (
    <Dialog title={t('compare.with', { name: launch.name })} onClose={onClose} actions={<Button onClick={onClose}>{t('cancel')}</Button>}>
      {list.now.state === 'failed' && <ProblemMessage error={list.now.error} onRetry={list.reload} />}
      {data === null && list.now.state === 'loading' && <Skeleton rows={4} />}
      {data?.length === 0 && <EmptyState icon="launch" title={t('compare.noOther')} text={t('compare.noOtherText')} />}
      <ul class="stack-1">
        {data?.map((one) => (
          <li key={one.id}>
            <a href={href(`/launches/${launch.id}/compare/${one.id}`)}>
              <bdi>{one.name}</bdi>
            </a>{' '}
            <span class="small faint">{fmt().instant(one.createdAt)}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

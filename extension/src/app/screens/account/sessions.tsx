import * as contracts from '#shared/contracts/account.ts';
import type { Session } from '#shared/contracts/account.ts';
import { Button } from '../../../ui/button.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { fmt, t, type AppMessageKey } from '../../../ui/i18n.ts';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { toast } from '../../../ui/toast.tsx';
import { useTransport } from '../../transport-context.ts';
import { useAction, useLoad } from '../../use-load.ts';

/** Where the person is signed in; any of it can be ended from here. */
export function Sessions() {
  const transport = useTransport();
  const { now, reload } = useLoad('sessions', (signal) => transport.call(contracts.listSessions, { signal }));
  const endOthers = useAction(async () => {
    const { ended } = await transport.call(contracts.endOtherSessions, {});
    toast(t('sessions.endedOthers', { count: ended }));
    reload();
  });
  const rows = now.data?.sessions ?? [];
  return (
    <section class="card stack-3" data-testid="sessions">
      <div class="row-2 spread">
        <h2>{t('sessions.title')}</h2>
        {rows.length > 1 && (
          <Button busy={endOthers.busy} onClick={endOthers.run} data-testid="sessions-end-others">
            {t('sessions.endOthers')}
          </Button>
        )}
      </div>
      {now.state === 'failed' && <ProblemMessage error={now.error} onRetry={reload} />}
      {endOthers.error !== null && <ProblemMessage error={endOthers.error} />}
      {now.data === null && now.state === 'loading' && <Skeleton kind="text" rows={3} />}
      <ul class="lines">
        {rows.map((one) => (
          <Row key={one.id} session={one} onEnded={reload} />
        ))}
      </ul>
    </section>
  );
}

const METHODS: Record<string, AppMessageKey> = {
  password: 'sessions.password',
  link: 'sessions.magicLink',
  google: 'sessions.google',
  invitation: 'sessions.invitation',
  extension: 'sessions.extension',
};

function Row({ session, onEnded }: { session: Session; onEnded: () => void }) {
  const transport = useTransport();
  const end = useAction(async () => {
    await transport.call(contracts.endSession, { params: { id: session.id } });
    onEnded();
  });
  const device = session.device ?? t('sessions.unknownDevice');
  const method = METHODS[session.method];
  return (
    <li data-testid="session">
      <div class="stack-1 grow">
        <span class="row-2">
          <bdi class="strong">{device}</bdi>
          {session.client === 'extension' && <Chip>{t('sessions.inExtension')}</Chip>}
          {session.isThisOne && (
            <Chip tone="accent" icon="check">
              {t('sessions.thisOne')}
            </Chip>
          )}
        </span>
        <span class="small faint">
          {[
            session.place ?? t('sessions.unknownPlace'),
            t('sessions.seen', { ago: fmt().ago(session.lastSeenAt, Date.now()) }),
            t('sessions.since', { time: fmt().instant(session.createdAt) }),
            ...(method === undefined ? [] : [t(method)]),
          ].join(' · ')}
        </span>
        {end.error !== null && <ProblemMessage error={end.error} />}
      </div>
      {!session.isThisOne && (
        <Button look="quiet" busy={end.busy} onClick={end.run} aria-label={t('sessions.endOne', { device })}>
          {t('sessions.end')}
        </Button>
      )}
    </li>
  );
}

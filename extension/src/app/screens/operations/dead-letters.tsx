import { useState } from 'preact/hooks';
import type { z } from 'zod';
import * as operations from '#shared/contracts/operations.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { fmt, t } from '../../../ui/i18n.ts';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Table } from '../../../ui/table.tsx';
import { useTransport } from '../../transport-context.ts';
import { useLoad } from '../../use-load.ts';
import { DismissLetters, ReplayLetters } from './settle-letters.tsx';

type Group = z.output<typeof operations.deadLetterGroup>;

/** Work that failed for good, by cause; a cause is mended once, then all its letters go again. */
export function DeadLetters({ onChanged }: { onChanged: () => void }) {
  const transport = useTransport();
  const { now, reload } = useLoad('dead-letters', (signal) => transport.call(operations.listDeadLetters, { signal }));
  const [replaying, setReplaying] = useState<{ group: Group; letterId?: string } | null>(null);
  const [dismissing, setDismissing] = useState<Group | null>(null);
  const groups = now.data?.groups ?? [];
  const close = () => {
    setReplaying(null);
    setDismissing(null);
  };
  const done = () => {
    close();
    reload();
    onChanged();
  };
  return (
    <section class="card card-flush cards-narrow" data-testid="dead-letters">
      <div class="card-head">
        <div class="stack-1">
          <h2>{t('letters.title')}</h2>
          <p class="small soft">{t('letters.note')}</p>
        </div>
      </div>
      {now.state === 'failed' && <ProblemMessage error={now.error} onRetry={reload} />}
      {now.data === null && now.state === 'loading' && <Skeleton rows={3} />}
      {now.data !== null && groups.length === 0 && <EmptyState icon="check" title={t('letters.none')} text={t('letters.noneText')} />}
      {groups.length > 0 && (
        <Table<Group>
          label={t('letters.title')}
          rows={groups}
          rowKey={(one) => one.fingerprint}
          details={(one) => <Newest group={one} onReplay={(letterId) => setReplaying({ group: one, letterId })} />}
          columns={[
            {
              id: 'cause',
              header: t('letters.cause'),
              grow: true,
              sortBy: (one) => one.cause,
              cell: (one) => (
                <span class="cell-name">
                  <bdi title={one.cause}>{one.cause}</bdi>
                  <code class="faint" dir="ltr">
                    {one.job}
                  </code>
                </span>
              ),
            },
            {
              id: 'count',
              header: t('letters.count'),
              align: 'end',
              sortBy: (one) => one.count,
              cell: (one) => fmt().number(one.count),
            },
            {
              id: 'organizations',
              header: t('letters.organizations'),
              align: 'end',
              sortBy: (one) => one.organizations,
              cell: (one) => fmt().number(one.organizations),
            },
            { id: 'first', header: t('letters.first'), sortBy: (one) => one.firstAt, cell: (one) => fmt().instant(one.firstAt) },
            { id: 'last', header: t('letters.last'), sortBy: (one) => one.lastAt, cell: (one) => fmt().instant(one.lastAt) },
            {
              id: 'actions',
              header: t('table.actions'),
              quiet: true,
              align: 'end',
              cell: (one) => (
                <span class="row-1 cell-buttons">
                  <Button look="quiet" icon="refresh" onClick={() => setReplaying({ group: one })}>
                    {t('letters.replay')}
                  </Button>
                  <Button look="quiet" onClick={() => setDismissing(one)}>
                    {t('letters.dismiss')}
                  </Button>
                </span>
              ),
            },
          ]}
        />
      )}
      {replaying !== null && <ReplayLetters {...replaying} onClose={close} onDone={done} />}
      {dismissing !== null && <DismissLetters group={dismissing} onClose={close} onDone={done} />}
    </section>
  );
}

/** Some of the letters, to try one before the rest. */
function Newest({ group, onReplay }: { group: Group; onReplay: (id: string) => void }) {
  return (
    <div class="stack-2">
      <p class="small soft">{t('letters.newest')}</p>
      <ul class="stack-1">
        {group.newest.map((letter) => (
          <li key={letter.id} class="row-2 small">
            <span>{fmt().instant(letter.at)}</span>
            <code dir="ltr">{letter.organizationId}</code>
            <span class="faint">{t('letters.tried', { count: letter.attempts })}</span>
            <Button look="quiet" icon="refresh" onClick={() => onReplay(letter.id)}>
              {t('letters.replay')}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

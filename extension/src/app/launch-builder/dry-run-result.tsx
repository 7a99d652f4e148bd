import { useEffect, useState } from 'preact/hooks';
import * as launches from '#shared/contracts/launches.ts';
import type { LaunchItem } from '#shared/contracts/launches.ts';
import { nameWithoutToken } from '#shared/rules/client-token.ts';
import { Chip } from '../../ui/chip.tsx';
import { fmt, t } from '../../ui/i18n.ts';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { Table } from '../../ui/table.tsx';
import { useLaunch } from '../launch-progress/use-launch.ts';
import { ValidationChip } from '../launch-progress/validation-chip.tsx';
import { useTransport } from '../transport-context.ts';
import { readAll } from '../use-pages.ts';

const LEVELS = ['platform', 'local', 'not_checkable'] as const;

/**
 * The dry run as it goes and its result by level: what the platform accepted, what we checked, what nobody can check before. `onDone` is
 * told whether the answer is there: false again when the launch is checked once more.
 */
export function DryRunResult({ launchId, onDone }: { launchId: string; onDone: (done: boolean) => void }) {
  const transport = useTransport();
  const { now, reload } = useLaunch(launchId);
  const [items, setItems] = useState<LaunchItem[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const state = now.data?.state;
  useEffect(() => {
    onDone(false);
    setError(null);
    if (state === undefined || state === 'checking') return undefined;
    const left = new AbortController();
    const ask = async (cursor: string | undefined) => {
      const answer = await transport.call(launches.listLaunchItems, {
        params: { id: launchId },
        query: { pageSize: 200, ...(cursor === undefined ? {} : { cursor }) },
        signal: left.signal,
      });
      return { rows: answer.items, nextCursor: answer.nextCursor };
    };
    readAll(ask).then(
      (all) => {
        if (left.signal.aborted) return;
        setItems(all);
        onDone(true);
      },
      (cause: unknown) => {
        if (!left.signal.aborted) setError(cause);
      },
    );
    return () => left.abort();
  }, [launchId, state, turn]);
  const failure = error ?? (now.state === 'failed' ? now.error : null);
  const again = () => {
    reload();
    setTurn((n) => n + 1);
  };
  if (failure !== null) return <ProblemMessage error={failure} safe={t('approve.nothingCreated')} onRetry={again} />;
  if (items === null || state === 'checking')
    return (
      <p class="small faint row-2">
        <span class="spinner" aria-hidden="true" />
        {now.data?.attention ?? t('check.running')}
      </p>
    );
  const failed = items.filter((item) => item.validation?.ok === false || item.error !== null);
  return (
    <div class="stack-3" data-testid="dry-run" data-failed={failed.length}>
      <ul class="stack-1">
        {LEVELS.map((level) => {
          const ofLevel = items.filter((item) => item.validation?.level === level && item.validation.ok);
          return (
            <li key={level} class="row-2">
              <Chip
                tone={level === 'platform' ? 'good' : level === 'local' ? 'accent' : 'neutral'}
                icon={level === 'not_checkable' ? 'info' : 'check'}
              >
                {t(`validation.${level}`)}
              </Chip>
              <span class="figure strong">{fmt().number(ofLevel.length)}</span>
              <span class="small faint">{t(`validation.${level}Title`)}</span>
            </li>
          );
        })}
      </ul>
      {failed.length > 0 && (
        <Table
          label={t('check.failed', { count: failed.length })}
          rows={failed}
          rowKey={(item) => item.id}
          columns={[
            { id: 'name', header: t('receipts.object'), grow: true, cell: (item) => <bdi>{nameWithoutToken(item.name)}</bdi> },
            { id: 'level', header: t('receipts.check'), cell: (item) => <ValidationChip validation={item.validation} /> },
            {
              id: 'why',
              header: t('problems.what'),
              cell: (item) => (
                <span class="wrap">{item.error === null ? (item.validation?.note ?? '—') : `${item.error.message} ${item.error.fix}`}</span>
              ),
            },
          ]}
        />
      )}
    </div>
  );
}

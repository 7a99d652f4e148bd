import type { PlanProblem } from '#shared/contracts/launches.ts';
import { Chip } from '../../ui/chip.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { fmt, t } from '../../ui/i18n.ts';
import { Table } from '../../ui/table.tsx';
import { href } from '../router.ts';
import { groupProblems, rowRanges } from './group-problems.ts';
import { ProblemWords } from './problem-words.tsx';

const RANGES_SHOWN = 3;

/** Every finding at once, errors first: where it is, what is wrong, how to mend it. */
export function ProblemList({ problems }: { problems: readonly PlanProblem[] }) {
  const errors = problems.filter((one) => one.severity === 'error').length;
  const groups = groupProblems(problems);
  return (
    <section class="stack-2" data-testid="problems" data-errors={errors}>
      {problems.length === 0 ? (
        <EmptyState icon="check" title={t('problems.none')} text={t('problems.noneText')} />
      ) : (
        <>
          <p class="small soft">
            {t('problems.summary', {
              errors: t('problems.errors', { count: errors }),
              warnings: t('problems.warnings', { count: problems.length - errors }),
            })}
          </p>
          <div class="card card-flush stack-narrow">
            <Table
              label={t('review.problems')}
              rows={groups}
              rowKey={(group) => group.key}
              columns={[
                {
                  id: 'severity',
                  header: t('problems.kind'),
                  sortBy: ({ problem }) => problem.severity,
                  cell: ({ problem }) => (
                    <Chip tone={problem.severity === 'error' ? 'poor' : 'fair'} icon={problem.severity === 'error' ? 'error' : 'warning'}>
                      {t(`severity.${problem.severity}`)}
                    </Chip>
                  ),
                },
                {
                  id: 'row',
                  header: t('problems.row'),
                  align: 'end',
                  sortBy: ({ rows }) => rows[0] ?? null,
                  cell: ({ rows }) => <RowNumbers rows={rows} />,
                },
                {
                  id: 'column',
                  header: t('problems.column'),
                  sortBy: ({ problem }) => problem.column,
                  cell: ({ problem }) => <code>{problem.column ?? problem.itemPath ?? '—'}</code>,
                },
                {
                  id: 'message',
                  header: t('problems.what'),
                  grow: true,
                  cell: ({ problem }) => (
                    <span class="wrap" title={problem.code}>
                      <ProblemWords problem={problem} />
                      {problem.launchId !== undefined && (
                        <>
                          {' '}
                          <a href={href(`/launches/${problem.launchId}`)}>{t('problems.openLaunch')}</a>
                        </>
                      )}
                    </span>
                  ),
                },
              ]}
            />
          </div>
        </>
      )}
    </section>
  );
}

/** "2–51, 60": where to look; the first few ranges, all of them on hover. */
function RowNumbers({ rows }: { rows: readonly number[] }) {
  const said = rowRanges(rows).map(([from, to]) => (from === to ? fmt().number(from) : `${fmt().number(from)}–${fmt().number(to)}`));
  if (said.length === 0) return <span class="faint">—</span>;
  return (
    <bdi title={said.join(', ')}>
      {said.slice(0, RANGES_SHOWN).join(', ')}
      {said.length > RANGES_SHOWN && ' …'}
    </bdi>
  );
}

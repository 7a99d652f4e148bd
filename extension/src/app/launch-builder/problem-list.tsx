import type { PlanProblem } from '#shared/contracts/launches.ts';
import { Chip } from '../../ui/chip.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { fmt, t } from '../../ui/i18n.ts';
import { Table } from '../../ui/table.tsx';

/** Every finding at once, errors first: where it is, what is wrong, how to mend it. */
export function ProblemList({ problems }: { problems: readonly PlanProblem[] }) {
  const errors = problems.filter((one) => one.severity === 'error').length;
  const sorted = problems.map((problem, at) => ({ problem, key: `${at}` })).toSorted((a, b) => rank(a.problem) - rank(b.problem) || (a.problem.row ?? 0) - (b.problem.row ?? 0));
  return (
    <section class="stack-2" data-testid="problems" data-errors={errors}>
      {problems.length === 0 ? <EmptyState icon="check" title={t('problems.none')} text={t('problems.noneText')} /> : (
        <>
          <p class="small soft">{t('problems.summary', { errors: t('problems.errors', { count: errors }), warnings: t('problems.warnings', { count: problems.length - errors }) })}</p>
          <div class="card card-flush stack-narrow">
            <Table label={t('review.problems')} rows={sorted} rowKey={(row) => row.key} columns={[
              { id: 'severity', header: t('problems.kind'), sortBy: ({ problem }) => rank(problem), cell: ({ problem }) => <Chip tone={problem.severity === 'error' ? 'poor' : 'fair'} icon={problem.severity === 'error' ? 'error' : 'warning'}>{t(`severity.${problem.severity}`)}</Chip> },
              { id: 'row', header: t('problems.row'), align: 'end', sortBy: ({ problem }) => problem.row, cell: ({ problem }) => fmt().number(problem.row) },
              { id: 'column', header: t('problems.column'), sortBy: ({ problem }) => problem.column, cell: ({ problem }) => <code>{problem.column ?? problem.itemPath ?? '—'}</code> },
              { id: 'message', header: t('problems.what'), grow: true, cell: ({ problem }) => <span class="wrap" title={problem.code}><strong>{problem.message}</strong> <span class="soft">{problem.fix}</span></span> },
            ]} />
          </div>
        </>
      )}
    </section>
  );
}

function rank(problem: PlanProblem): number {
  return problem.severity === 'error' ? 0 : 1;
}

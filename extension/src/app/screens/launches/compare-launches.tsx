import * as contracts from '#shared/contracts/launches.ts';
import type { ItemDifference } from '#shared/contracts/launches.ts';
import { Chip, type Tone } from '../../../ui/chip.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { fmt, t } from '../../../ui/i18n.ts';
import { PagedTable } from '../../paged-table.tsx';
import { href } from '../../router.ts';
import { PageHead } from '../../shell/page-head.tsx';
import { useTransport } from '../../transport-context.ts';
import { usePages, type Page } from '../../use-pages.ts';

type Answer = Pick<(typeof contracts.diffLaunches)['response']['_output'], 'a' | 'b' | 'counts'>;
interface DiffPage extends Page<ItemDifference> {
  said: Answer;
}

const TONE: Record<ItemDifference['in'], Tone> = { a: 'poor', b: 'good', both: 'accent' };

/** Two launches as they were planned: what only one of them has, and what both have with other values. */
export function CompareLaunches({ id, other }: { id: string; other: string }) {
  const transport = useTransport();
  const pages = usePages<ItemDifference, DiffPage>(`diff ${id} ${other}`, async (cursor) => {
    const { differences, nextCursor, ...said } = await transport.call(contracts.diffLaunches, {
      params: { id },
      query: { with: other, pageSize: 100, ...(cursor === undefined ? {} : { cursor }) },
    });
    return { rows: differences, nextCursor, said };
  });
  const said = pages.last?.said ?? null;
  return (
    <>
      <PageHead title={t('compare.title')} note={said === null ? null : t('compare.counts', { ...said.counts })} />
      {said !== null && (
        <ul class="stack-1 diff-sides">
          {(['a', 'b'] as const).map((side) => (
            <li key={side}>
              <strong>{t(`compare.${side}`)}</strong>{' '}
              <a href={href(`/launches/${said[side].id}`)}>
                <bdi>{said[side].name}</bdi>
              </a>{' '}
              <span class="small faint">{fmt().instant(said[side].createdAt)}</span>
            </li>
          ))}
        </ul>
      )}
      <section class="card card-flush cards-narrow">
        <PagedTable
          pages={pages}
          label={t('compare.title')}
          rowKey={(row) => `${row.kind} ${row.itemPath}`}
          empty={<EmptyState icon="check" title={t('compare.same')} text={t('compare.sameText')} />}
          columns={[
            { id: 'in', header: t('compare.where'), cell: (row) => <Chip tone={TONE[row.in]}>{t(`compare.in.${row.in}`)}</Chip> },
            { id: 'kind', header: t('receipts.kind'), cell: (row) => t(`kind.${row.kind}`) },
            {
              id: 'object',
              header: t('receipts.object'),
              grow: true,
              cell: (row) => (
                <span class="wrap">
                  <bdi class="strong">{row.name}</bdi> <code class="small faint">{row.itemPath}</code>
                  <Fields row={row} />
                </span>
              ),
            },
          ]}
        />
      </section>
    </>
  );
}

function Fields({ row }: { row: ItemDifference }) {
  if (row.fields.length === 0) return null;
  return (
    <ul class="diff-fields small">
      {row.fields.map(({ field, a, b }) => (
        <li key={field}>
          <code>{field}</code> <Value label={t('compare.a')} value={a} /> · <Value label={t('compare.b')} value={b} />
        </li>
      ))}
    </ul>
  );
}

function Value({ label, value }: { label: string; value: string | null }) {
  return (
    <span>
      <span class="soft">{label}:</span> <bdi>{value ?? '—'}</bdi>
    </span>
  );
}

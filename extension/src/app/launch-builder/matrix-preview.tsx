import type { PlanExclusion } from '#shared/rules/launch-plan.ts';
import { fmt, t } from '../../ui/i18n.ts';
import type { Matrix } from './matrix.ts';

/** Ad sets by concepts; each cell says how many ads it makes and can be crossed out. */
export function MatrixPreview({
  matrix,
  leftOver,
  onToggle,
}: {
  matrix: Matrix;
  leftOver: readonly string[];
  onToggle: (cell: PlanExclusion) => void;
}) {
  if (matrix.rows.length === 0) return <p class="small faint">{t('matrix.empty')}</p>;
  return (
    <div class="stack-2">
      <p class="small faint">{t('matrix.hint')}</p>
      <div class="card card-flush table-scroll matrix-scroll">
        <table class="table matrix" aria-label={t('review.matrix')}>
          <thead>
            <tr>
              <th scope="col">{t('level.ad_set')}</th>
              {matrix.concepts.map((concept) => (
                <th key={concept.key} scope="col" title={concept.name}>
                  <bdi class="matrix-concept">{concept.name}</bdi>
                </th>
              ))}
              <th scope="col" class="cell-end">
                {t('counts.ads')}
              </th>
            </tr>
          </thead>
          <tbody>
            {matrix.rows.map((row) => (
              <tr key={row.path}>
                <th scope="row">
                  <bdi class="clip" title={`${row.campaign} › ${row.adSet}`}>
                    <span class="faint">{row.campaign} › </span>
                    {row.adSet}
                  </bdi>
                </th>
                {row.cells.map((cell) => (
                  <td key={cell.conceptKey} class="matrix-cell">
                    {cell.ads === 0 && !cell.crossedOut ? (
                      <span class="faint">
                        <span aria-hidden="true">·</span>
                        <span class="visually-hidden">{t('matrix.nothing')}</span>
                      </span>
                    ) : (
                      <button
                        type="button"
                        class={cell.crossedOut ? 'matrix-out' : 'matrix-in'}
                        aria-label={t(cell.crossedOut ? 'matrix.takeBack' : 'matrix.crossOut', {
                          adSet: row.adSet,
                          concept: cell.conceptName,
                          ads: t('count.ad', { count: cell.ads }),
                        })}
                        onClick={() => onToggle(cell.exclusion)}
                      >
                        {fmt().number(cell.ads)}
                      </button>
                    )}
                  </td>
                ))}
                <td class="cell-end strong">{fmt().number(row.ads)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {matrix.moreRows > 0 && <p class="small faint">{t('matrix.more', { count: matrix.moreRows })}</p>}
      {matrix.moreConcepts > 0 && <p class="small faint">{t('matrix.moreConcepts', { count: matrix.moreConcepts })}</p>}
      {leftOver.length > 0 && <p class="small faint">{t('matrix.leftOver', { concepts: leftOver.join(', ') })}</p>}
    </div>
  );
}

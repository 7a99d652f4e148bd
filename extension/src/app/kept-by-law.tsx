import type { z } from 'zod';
import type * as contracts from '#shared/contracts/privacy.ts';
import { fmt, t } from '../ui/i18n.ts';

export type Kept = z.output<typeof contracts.keptByLaw>;

/** What a deletion leaves behind, why, and until when; the service tells it in English. */
export function KeptByLaw({ kept }: { kept: Kept }) {
  return (
    <div class="stack-1 small">
      <h3>{t('data.law')}</h3>
      <ul class="bullets">
        {kept.map(({ what, why, until }) => (
          <li key={what}>
            <bdi lang="en" class="strong">
              {what}
            </bdi>
            : <bdi lang="en">{why}</bdi>
            {until !== null && <span class="faint"> ({t('data.lawUntil', { until: fmt().day(until) })})</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

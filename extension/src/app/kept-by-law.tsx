import { LEGAL_HOLDS, type HoldKind } from '#shared/rules/legal-holds.ts';
import { fmt, t } from '../ui/i18n.ts';

export type Kept = readonly { kind: HoldKind; until: string | null }[];

/** What a deletion will leave behind, as far as it is known before anybody asked for one. */
export const keptOf = (who: keyof typeof LEGAL_HOLDS): Kept => LEGAL_HOLDS[who].map((kind) => ({ kind, until: null }));

/** What a deletion leaves behind, why, and until when. */
export function KeptByLaw({ kept }: { kept: Kept }) {
  return (
    <div class="stack-1 small">
      <h3>{t('data.law')}</h3>
      <ul class="bullets">
        {kept.map(({ kind, until }) => (
          <li key={kind}>
            <span class="strong">{t(`hold.${kind}`)}</span> {t(`holdWhy.${kind}`)}
            {until !== null && <span class="faint"> ({t('data.lawUntil', { until: fmt().day(until) })})</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

import { fmt } from './i18n.ts';

/** An amount: compact in rows with the full one on hover, full elsewhere. Null is "—". */
export function Money({ minor, currency, compact = false }: { minor: number | null; currency: string; compact?: boolean }) {
  const full = fmt().money(minor, currency);
  return (
    <bdi class="figure" title={compact ? full : undefined}>
      {compact ? fmt().moneyCompact(minor, currency) : full}
    </bdi>
  );
}

export function Count({ value }: { value: number | null }) {
  return <bdi class="figure">{fmt().number(value)}</bdi>;
}

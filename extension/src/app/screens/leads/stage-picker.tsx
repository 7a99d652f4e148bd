import * as revenue from '#shared/contracts/revenue.ts';
import type { Lead } from '#shared/contracts/revenue.ts';
import { describe } from '../../../ui/problem-message.tsx';
import { t } from '../../../ui/i18n.ts';
import { toast } from '../../../ui/toast.tsx';
import { may } from '../../session/me.ts';
import { useTransport } from '../../transport-context.ts';
import { useAction } from '../../use-load.ts';
import { useRef } from 'preact/hooks';

export const STAGES = ['raw', 'qualified', 'won', 'lost', 'junk'] as const;
export type Stage = (typeof STAGES)[number];

/** Moves a lead; the old stage comes back with the reason when the API says no. */
export function StagePicker({ lead, onMoved }: { lead: Lead; onMoved: (lead: Lead) => void }) {
  const transport = useTransport();
  const wished = useRef<Stage>(lead.stage);
  const move = useAction(async () => {
    onMoved(await transport.call(revenue.updateLead, { params: { id: lead.id }, body: { stage: wished.current } }));
    toast(t('leads.moved', { stage: t(`stage.${wished.current}`) }));
  });
  if (!may('leads:write')) return <span>{t(`stage.${lead.stage}`)}</span>;
  return (
    <span class="row-1">
      <select
        class="input select-small"
        aria-label={t('leads.stageOf')}
        value={lead.stage}
        disabled={move.busy}
        onChange={(event) => {
          const next = STAGES.find((stage) => stage === event.currentTarget.value);
          event.currentTarget.value = lead.stage;
          if (next === undefined) return;
          wished.current = next;
          void move.run();
        }}
      >
        {STAGES.map((stage) => (
          <option key={stage} value={stage}>
            {t(`stage.${stage}`)}
          </option>
        ))}
      </select>
      {move.error !== null && (
        <span class="field-error" role="alert">
          {describe(move.error).what}
        </span>
      )}
    </span>
  );
}

import * as revenue from '#shared/contracts/revenue.ts';
import type { Lead } from '#shared/contracts/revenue.ts';
import { SmallSelect } from '../../../ui/field.tsx';
import { describe } from '../../../ui/problem-message.tsx';
import { t } from '../../../ui/i18n.ts';
import { toast } from '../../../ui/toast.tsx';
import { may } from '../../session/me.ts';
import { useTransport } from '../../transport-context.ts';
import { useAction } from '../../use-load.ts';

export const STAGES = ['raw', 'qualified', 'won', 'lost', 'junk'] as const;
export type Stage = (typeof STAGES)[number];

/** Moves a lead; the old stage comes back with the reason when the API says no. */
export function StagePicker({ lead, onMoved }: { lead: Lead; onMoved: (lead: Lead) => void }) {
  const transport = useTransport();
  const move = useAction(async (stage: Stage) => {
    onMoved(await transport.call(revenue.updateLead, { params: { id: lead.id }, body: { stage } }));
    toast(t('leads.moved', { stage: t(`stage.${stage}`) }));
  });
  if (!may('leads:write')) return <span>{t(`stage.${lead.stage}`)}</span>;
  return (
    <span class="row-1">
      <SmallSelect
        label={t('leads.stageOf')}
        value={lead.stage}
        disabled={move.busy}
        onPick={(stage) => void move.run(stage)}
        options={STAGES.map((stage) => ({ value: stage, label: t(`stage.${stage}`) }))}
      />
      {move.error !== null && (
        <span class="field-error" role="alert">
          {describe(move.error).what}
        </span>
      )}
    </span>
  );
}

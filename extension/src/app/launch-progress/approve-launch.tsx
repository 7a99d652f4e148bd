import { useState } from 'preact/hooks';
import * as launches from '#shared/contracts/launches.ts';
import type { LaunchSummary } from '#shared/contracts/launches.ts';
import { Button } from '../../ui/button.tsx';
import { CheckField } from '../../ui/field.tsx';
import { fmt, t } from '../../ui/i18n.ts';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { useProof } from '../session/proof.ts';
import { useTransport } from '../transport-context.ts';
import { useAction } from '../use-load.ts';
import { Effect, type EffectLine } from './effect.tsx';
import { canApprove, needsRenewal, waitsForWord } from './launch-counts.ts';
import { SecondPerson } from './second-person.tsx';

/** The deliberate step: the exact effect, a tick, a button. Approval is bound to this plan; everything is created paused. */
export function ApproveLaunch({
  launch,
  onChanged,
  checkable = true,
  targets,
}: {
  launch: LaunchSummary;
  onChanged: (launch: LaunchSummary) => void;
  checkable?: boolean;
  targets?: readonly EffectLine[];
}) {
  const transport = useTransport();
  const withProof = useProof();
  const [sure, setSure] = useState(false);
  const approve = useAction(async () =>
    onChanged(
      await withProof(() =>
        transport.call(launches.approveLaunch, {
          params: { id: launch.id },
          body: { planHash: launch.planHash, capMinor: launch.capMinor },
        }),
      ),
    ),
  );
  const check = useAction(async () => onChanged(await transport.call(launches.dryRunLaunch, { params: { id: launch.id } })));
  const { needsSecondPerson, you } = launch.approval;
  const renews = needsRenewal(launch);
  const changed = waitsForWord(launch);
  const cap = fmt().money(launch.capMinor, launch.currency);
  return (
    <div class="stack-4" data-testid="approve">
      <div class="stack-1">
        <h2>{changed ? t('correct.approveTitle') : renews ? t('second.renewTitle') : t('approve.title')}</h2>
        <p class="small soft">{changed ? t('correct.approveNote') : renews ? t('second.renewNote') : t('approve.note')}</p>
      </div>
      <Effect
        does={renews ? 'switches-on' : 'creates'}
        platform={launch.platform}
        account={`${launch.accountName} · ${launch.accountExternalId}`}
        counts={launch.counts}
        budgetMinor={launch.capMinor}
        budgetLabel={t('effect.budget')}
        currency={launch.currency}
        {...(targets === undefined ? {} : { targets })}
      />
      {needsSecondPerson && <SecondPerson launch={launch} onChanged={onChanged} />}
      {you === 'may' && (
        <CheckField
          label={t('approve.sure', { objects: t('objects', { count: launch.counts.total }), account: launch.accountName, cap })}
          checked={sure}
          onCheck={setSure}
          data-testid="approve-sure"
        />
      )}
      {(approve.error ?? check.error) !== null && (
        <ProblemMessage error={approve.error ?? check.error} safe={t('approve.nothingCreated')} />
      )}
      <div class="row-2">
        {you === 'may' && (
          <Button
            look="primary"
            icon={renews ? 'check' : 'launch'}
            disabled={!sure || !canApprove(launch)}
            busy={approve.busy}
            onClick={approve.run}
            data-testid="approve-submit"
          >
            {renews ? t('second.renew') : t('approve.submit')}
          </Button>
        )}
        {checkable && launch.state === 'draft' && (
          <Button busy={check.busy} onClick={check.run}>
            {t('approve.dryRun')}
          </Button>
        )}
        {launch.state === 'checking' && <span class="small faint">{t('check.stillValidating')}</span>}
      </div>
    </div>
  );
}

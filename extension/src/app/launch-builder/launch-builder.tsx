import { useEffect, useReducer, useState } from 'preact/hooks';
import type { AdAccount } from '#shared/contracts/connections.ts';
import { Button } from '../../ui/button.tsx';
import { t } from '../../ui/i18n.ts';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Stepper } from '../../ui/stepper.tsx';
import { home, may, me } from '../session/me.ts';
import { builderState, canOpen, stepToShow } from './builder-state.ts';
import { chosenFor } from './chosen-for.ts';
import { CheckStep } from './check-step.tsx';
import { ApproveStep } from './approve-step.tsx';
import { emptyDraft, STEPS, type Draft } from './draft.ts';
import { draftKey } from './draft-store.ts';
import { FilesStep } from './files-step.tsx';
import { useMadePlan, usePlanner } from './planner/use-planner.ts';
import { ReviewStep } from './review-step.tsx';
import { TemplateBar } from './template-bar.tsx';
import { useKeptDraft } from './use-kept-draft.ts';

const newKey = () => crypto.randomUUID();

export interface BuilderProps {
  account: AdAccount;
  /** Called once the launch is approved and under way. */
  onLaunched: (launchId: string) => void;
}

/** From a spreadsheet and a folder to an approved launch, in the panel and in the app. The draft outlives reloads. */
export function LaunchBuilder({ account, onLaunched }: BuilderProps) {
  const [owner] = useState(() => draftKey(me()));
  const [draft, send] = useReducer(builderState, emptyDraft(account.id, newKey(), home().namingPolicy));
  const kept = useKeptDraft(owner, draft, send);
  const { restored } = kept;
  useEffect(() => {
    if (restored && draft.accountId !== account.id) send({ type: 'account', accountId: account.id, key: newKey() });
  }, [restored, account.id]);
  const planner = usePlanner(draft, account);
  const { outline } = planner;
  const hasErrors = outline === null || outline.hasErrors;
  const needsMedia = !chosenFor(account.platform, draft.settings).wordsOnly;
  const step = stepToShow(draft, hasErrors, needsMedia);
  const whole = useMadePlan(planner, step === 'check' || step === 'approve');
  // Which step may be shown depends on what the plan says.
  if (!restored || (outline === null && planner.error === null && draft.step !== 'files')) return <Skeleton rows={6} />;
  const go = (next: Draft['step']) => send({ type: 'step', step: next });
  const startOver = () => {
    kept.forget();
    send({ type: 'restored', draft: emptyDraft(account.id, newKey(), home().namingPolicy) });
  };
  return (
    <div class="builder stack-4" data-testid="launch-builder" data-step={step}>
      <div class="row-2 spread">
        <Stepper
          label={t('builder.steps')}
          current={step}
          onGo={go}
          steps={STEPS.map((id) => ({ id, label: t(`builder.${id}`), open: canOpen(id, draft, hasErrors, needsMedia) }))}
        />
        {(draft.sheet !== null || draft.media.length > 0) && (
          <Button look="quiet" onClick={startOver}>
            {t('builder.startOver')}
          </Button>
        )}
      </div>
      {planner.error !== null && (
        <ProblemMessage error={planner.error} safe={t('builder.notPlanned')} nextStep={t('builder.planAgain')} onRetry={planner.restart} />
      )}
      {step === 'files' && may('launches:write') && (
        <TemplateBar draft={draft} account={account} newKey={newKey} onDraft={(next) => send({ type: 'restored', draft: next })} />
      )}
      {step === 'files' && (
        <FilesStep draft={draft} account={account} outline={outline} send={send} newKey={newKey} onNext={() => go('review')} />
      )}
      {step === 'review' && outline !== null && (
        <ReviewStep
          draft={draft}
          account={account}
          planner={planner}
          outline={outline}
          send={send}
          newKey={newKey}
          onBack={() => go('files')}
          onNext={() => go('check')}
        />
      )}
      {(step === 'check' || step === 'approve') && whole === null && <Skeleton rows={4} />}
      {step === 'check' && whole !== null && (
        <CheckStep
          draft={draft}
          made={whole}
          onStored={(launchId) => send({ type: 'stored', launchId })}
          onBack={() => go('review')}
          onNext={() => go('approve')}
        />
      )}
      {step === 'approve' && draft.launchId !== null && whole !== null && (
        <ApproveStep
          launchId={draft.launchId}
          account={account}
          made={whole}
          onBack={() => go('check')}
          onApproved={(id) => {
            kept.forget();
            onLaunched(id);
          }}
        />
      )}
      {kept.error === null && (draft.sheet !== null || draft.media.length > 0 || draft.name !== '') && (
        <p class="small faint" data-testid="kept" data-kept={kept.isKept}>
          {t('builder.kept')}
        </p>
      )}
      {kept.error !== null && <ProblemMessage error={kept.error} safe={t('builder.notKept')} />}
    </div>
  );
}

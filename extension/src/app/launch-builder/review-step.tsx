import { useState } from 'preact/hooks';
import * as launches from '#shared/contracts/launches.ts';
import { Button } from '../../ui/button.tsx';
import { fmt, t } from '../../ui/i18n.ts';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useTransport } from '../transport-context.ts';
import { useLoad } from '../use-load.ts';
import { AdPreviews } from './ad-previews.tsx';
import { CountsStrip } from './counts-strip.tsx';
import type { StepProps } from './files-step.tsx';
import type { MadePlan } from './make-plan.ts';
import { MatrixPreview } from './matrix-preview.tsx';
import { MediaGroups } from './media-groups.tsx';
import { ProblemList } from './problem-list.tsx';
import { Samples } from './samples.tsx';

type Props = StepProps & { made: MadePlan; hasErrors: boolean; onBack: () => void; onNext: () => void };

/** What would be created, said before anything is sent: problems, counts, matrix, names, previews. */
export function ReviewStep({ draft, account, made, send, newKey, hasErrors, onBack, onNext }: Props) {
  const transport = useTransport();
  const [tab, setTab] = useState<'problems' | 'matrix' | 'names' | 'ads' | 'media'>(made.problems.length > 0 ? 'problems' : 'matrix');
  const server = useLoad(`preview ${draft.createKey} ${hasErrors}`, async (signal) =>
    hasErrors ? null : transport.call(launches.previewLaunch, { body: { plan: made.plan as unknown as Record<string, unknown> }, signal }),
  );
  const problems = mergeProblems(made, server.now.data);
  const blocked = problems.some((problem) => problem.severity === 'error');
  const tabs = [
    { id: 'problems', label: t('review.problems'), count: fmt().number(problems.length) },
    { id: 'matrix', label: t('review.matrix') },
    { id: 'names', label: t('review.names') },
    { id: 'ads', label: t('review.ads') },
    { id: 'media', label: t('review.media'), count: fmt().number(draft.media.length) },
  ] as const;
  return (
    <div class="stack-4">
      <CountsStrip counts={made.expanded.counts} estimate={server.now.data?.estimate ?? null} />
      {server.now.state === 'failed' && (
        <ProblemMessage error={server.now.error} safe={t('review.previewFailed')} onRetry={server.reload} />
      )}
      <Tabs label={t('builder.review')} tabs={tabs} current={tab} onPick={setTab}>
        {tab === 'problems' && <ProblemList problems={problems} />}
        {tab === 'matrix' && (
          <MatrixPreview made={made} exclusions={draft.exclusions} onToggle={(cell) => send({ type: 'exclusion', cell, key: newKey() })} />
        )}
        {tab === 'names' && <Samples made={made} server={server.now.data} />}
        {tab === 'ads' && <AdPreviews made={made} media={draft.media} account={account} />}
        {tab === 'media' && (
          <MediaGroups
            made={made}
            draft={draft}
            onOverride={(fileName, override) => send({ type: 'override', fileName, override, key: newKey() })}
            onRemove={(fileName) => send({ type: 'media-removed', fileNames: [fileName], key: newKey() })}
          />
        )}
      </Tabs>
      <div class="row-3">
        <Button onClick={onBack}>{t('back')}</Button>
        <Button look="primary" disabled={blocked} onClick={onNext} data-testid="to-check">
          {t('builder.toCheck')}
        </Button>
        <span class="small faint">{blocked ? t('review.blocked') : t('review.nothingSent')}</span>
      </div>
    </div>
  );
}

/** Said of every file before it was uploaded, which is the next step's work. */
const NOT_UPLOADED_YET = 'MEDIA_MISSING';

/** What the browser found and what the service adds to it; the same finding is said once. */
export function mergeProblems(made: Pick<MadePlan, 'problems'>, server: Pick<launches.Preview, 'problems'> | null): launches.PlanProblem[] {
  const known = new Set(made.problems.map((one) => `${one.code} ${one.itemPath}`));
  return [
    ...made.problems,
    ...(server?.problems ?? []).filter((one) => one.code !== NOT_UPLOADED_YET && !known.has(`${one.code} ${one.itemPath}`)),
  ];
}

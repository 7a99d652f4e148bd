import { useEffect, useMemo, useState } from 'preact/hooks';
import * as launches from '#shared/contracts/launches.ts';
import { Button } from '../../ui/button.tsx';
import { fmt, t } from '../../ui/i18n.ts';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { useTransport } from '../transport-context.ts';
import { useLoad } from '../use-load.ts';
import { AllowDuplicates } from './allow-duplicates.tsx';
import { AdPreviews } from './ad-previews.tsx';
import { CountsStrip } from './counts-strip.tsx';
import { ExportSheet } from './export-sheet.tsx';
import type { StepProps } from './files-step.tsx';
import { SheetGrid } from './grid/sheet-grid.tsx';
import { MatrixPreview } from './matrix-preview.tsx';
import { MediaGroups } from './media/media-groups.tsx';
import type { PlanOutline } from './planner/plan-outline.ts';
import { useMadePlan, type PlannerView } from './planner/use-planner.ts';
import { ProblemList } from './problem-list.tsx';
import { Samples } from './samples.tsx';

type Props = StepProps & { planner: PlannerView; outline: PlanOutline; onBack: () => void; onNext: () => void };

/** The service is asked when somebody paused, not at every key. */
const ASK_AFTER_MS = 600;

/** What would be created, said before anything is sent: problems, counts, matrix, names, previews. */
export function ReviewStep({ draft, account, planner, outline, send, newKey, onBack, onNext }: Props) {
  const transport = useTransport();
  const [tab, setTab] = useState<'problems' | 'sheet' | 'matrix' | 'names' | 'ads' | 'media'>(
    outline.problems.length > 0 ? 'problems' : 'matrix',
  );
  const askFor = useRested(planner.busy || outline.hasErrors ? null : draft.createKey, ASK_AFTER_MS);
  const server = useLoad(`preview ${askFor}`, async (signal) => {
    if (askFor === null) return null;
    const plan = await planner.plan();
    return transport.call(launches.previewLaunch, { body: { plan: plan as unknown as Record<string, unknown> }, signal });
  });
  const whole = useMadePlan(planner, tab === 'ads');
  const problems = useMemo(() => mergeProblems(outline, server.now.data), [outline, server.now.data]);
  const blocked = planner.busy || planner.error !== null || problems.some((problem) => problem.severity === 'error');
  const tabs = [
    { id: 'problems', label: t('review.problems'), count: fmt().number(problems.length) },
    { id: 'sheet', label: t('review.sheet') },
    { id: 'matrix', label: t('review.matrix') },
    { id: 'names', label: t('review.names') },
    { id: 'ads', label: t('review.ads') },
    { id: 'media', label: t('review.media'), count: fmt().number(draft.media.length) },
  ] as const;
  return (
    <div class="stack-4">
      <CountsStrip counts={outline.counts} estimate={server.now.data?.estimate ?? null} />
      {server.now.state === 'failed' && (
        <ProblemMessage error={server.now.error} safe={t('review.previewFailed')} onRetry={server.reload} />
      )}
      <Tabs label={t('builder.review')} tabs={tabs} current={tab} onPick={setTab}>
        {tab === 'problems' && (
          <div class="stack-3">
            <AllowDuplicates
              problems={problems}
              reason={draft.settings.duplicatesReason}
              onReason={(duplicatesReason) => send({ type: 'setting', change: { duplicatesReason }, key: newKey() })}
            />
            <ProblemList problems={problems} />
          </div>
        )}
        {tab === 'sheet' && draft.sheet !== null && (
          <div class="stack-3">
            <SheetGrid rows={draft.sheet.rows} problems={problems} onRows={(rows) => send({ type: 'rows', rows, key: newKey() })} />
            <ExportSheet draft={draft} planner={planner} />
          </div>
        )}
        {tab === 'matrix' && (
          <MatrixPreview
            matrix={outline.matrix}
            leftOver={outline.leftOver}
            onToggle={(cell) => send({ type: 'exclusion', cell, key: newKey() })}
          />
        )}
        {tab === 'names' && <Samples own={outline.samples} server={server.now.data} />}
        {tab === 'ads' && (whole === null ? <Skeleton rows={6} /> : <AdPreviews made={whole} media={draft.media} account={account} />)}
        {tab === 'media' && (
          <MediaGroups
            outline={outline}
            draft={draft}
            onOverrides={(changes) => send({ type: 'overrides', changes, key: newKey() })}
            onRemove={(fileNames) => send({ type: 'media-removed', fileNames, key: newKey() })}
          />
        )}
      </Tabs>
      <div class="row-3">
        <Button onClick={onBack}>{t('back')}</Button>
        <Button look="primary" disabled={blocked} onClick={onNext} data-testid="to-check">
          {t('builder.toCheck')}
        </Button>
        <span class="small faint">{blocked && !planner.busy ? t('review.blocked') : t('review.nothingSent')}</span>
      </div>
    </div>
  );
}

/** The value after it has not changed for a while; null at once. */
function useRested<T>(value: T | null, afterMs: number): T | null {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), value === null ? 0 : afterMs);
    return () => clearTimeout(timer);
  }, [value]);
  return value === null ? null : rested;
}

/** Said of every file before it was uploaded, which is the next step's work. */
const NOT_UPLOADED_YET = 'MEDIA_MISSING';

/** What the browser found and what the service adds to it; the same finding is said once. */
export function mergeProblems(
  made: Pick<PlanOutline, 'problems'>,
  server: Pick<launches.Preview, 'problems'> | null,
): launches.PlanProblem[] {
  const known = new Set(made.problems.map((one) => `${one.code} ${one.itemPath}`));
  return [
    ...made.problems,
    ...(server?.problems ?? []).filter((one) => one.code !== NOT_UPLOADED_YET && !known.has(`${one.code} ${one.itemPath}`)),
  ];
}

import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import * as launches from '#shared/contracts/launches.ts';
import { Button } from '../../ui/button.tsx';
import { fmt, t } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { useTransport } from '../transport-context.ts';
import { uploadMedia, type Refusal, type UploadProgress } from '../upload-media.ts';
import { useAction } from '../use-load.ts';
import type { Draft } from './draft.ts';
import { DryRunResult } from './dry-run-result.tsx';
import { LinkCheck } from './link-check.tsx';
import type { MadePlan } from './make-plan.ts';

type Props = { draft: Draft; made: MadePlan; onStored: (launchId: string) => void; onBack: () => void; onNext: () => void };

/** Media go up, the plan is stored as a draft, the platform validates what it can. Nothing is created. */
export function CheckStep({ draft, made, onStored, onBack, onNext }: Props) {
  const transport = useTransport();
  const { plan } = made;
  const [upload, setUpload] = useState<UploadProgress | null>(null);
  const [refused, setRefused] = useState<Refusal[]>([]);
  const [validated, setValidated] = useState(false);
  const leaving = useRef(new AbortController());
  useEffect(() => () => leaving.current.abort(), []);
  const used = new Set(plan.media.map((one) => one.sha256));
  const files = draft.media.flatMap(({ file, sha256 }) => (file !== null && used.has(sha256) ? [{ file, sha256 }] : []));
  const send = useAction(async () => {
    const { signal } = leaving.current;
    const refusals = await uploadMedia(transport, files, setUpload, signal);
    setRefused(refusals);
    if (refusals.length > 0) return;
    const launch = await transport.call(launches.createLaunch, {
      body: { plan: plan as unknown as Record<string, unknown> },
      idempotencyKey: draft.createKey,
      signal,
    });
    if (launch.state === 'draft') await transport.call(launches.dryRunLaunch, { params: { id: launch.id }, signal });
    onStored(launch.id);
  });
  useEffect(() => {
    if (draft.launchId === null) void send.run();
  }, [draft.launchId]);
  return (
    <div class="stack-4">
      <section class="card stack-3">
        <Task done={draft.launchId !== null || (upload !== null && upload.done === upload.total)} label={t('check.upload')}>
          {upload !== null && (
            <>
              <ProgressBar
                label={t('check.upload')}
                total={Math.max(1, upload.total)}
                segments={[{ kind: upload.done === upload.total ? 'done' : 'moving', count: upload.done }]}
              />
              <span class="small faint">
                {t('check.uploaded', { done: upload.done, total: upload.total, bytes: fmt().bytes(upload.totalBytes) })}
              </span>
            </>
          )}
        </Task>
        <Task done={draft.launchId !== null} label={t('check.stored')} />
        <Task done={validated} hidden={draft.launchId === null} label={t('check.validated')}>
          {draft.launchId !== null && <DryRunResult launchId={draft.launchId} onDone={setValidated} />}
        </Task>
      </section>
      <LinkCheck made={made} draftKey={draft.createKey} />
      {refused.length > 0 && (
        <div class="problem" role="alert">
          <Icon name="error" />
          <div class="stack-1">
            <p class="problem-what">{t('check.refused', { count: refused.length })}</p>
            <ul>
              {refused.map((one) => (
                <li key={one.fileName}>
                  <bdi class="strong">{one.fileName}</bdi> {one.reason}
                </li>
              ))}
            </ul>
          </div>
        </div>
      )}
      {send.error !== null && <ProblemMessage error={send.error} safe={t('approve.nothingCreated')} onRetry={() => void send.run()} />}
      <div class="row-3">
        <Button onClick={onBack}>{t('back')}</Button>
        <Button look="primary" disabled={draft.launchId === null || !validated} busy={send.busy} onClick={onNext} data-testid="to-approve">
          {t('builder.toApprove')}
        </Button>
        <span class="small faint">
          {draft.launchId !== null && !validated && t('check.stillValidating')} {t('check.nothingCreated')}
        </span>
      </div>
    </div>
  );
}

function Task({ done, label, hidden = false, children }: { done: boolean; label: string; hidden?: boolean; children?: ComponentChildren }) {
  return (
    <div class="task">
      <span class={`task-mark ${done ? 'task-done' : ''}`}>{done && <Icon name="check" size={12} />}</span>
      <div class="stack-2">
        <span class={hidden ? 'faint' : 'strong'}>{label}</span>
        {children}
      </div>
    </div>
  );
}

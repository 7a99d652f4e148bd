import type { ComponentProps } from 'preact';
import { useState } from 'preact/hooks';
import type { AdAccount } from '#shared/contracts/connections.ts';
import { mergeSheets, type MergedSheet } from '#shared/rules/sheet/merge-sheets.ts';
import { platformRules } from '#shared/rules/ad-platforms/index.ts';
import { SheetFileError } from '#shared/sheets/parse-csv.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { fmt, t } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { downloadText } from '../launch-progress/download-text.ts';
import { useAction } from '../use-load.ts';
import type { BuilderEvent } from './builder-state.ts';
import { chosenFor } from './chosen-for.ts';
import { CountsStrip } from './counts-strip.tsx';
import type { Draft } from './draft.ts';
import { SheetGrid } from './grid/sheet-grid.tsx';
import { LaunchSettings } from './launch-settings.tsx';
import { NameSettings } from './name-settings.tsx';
import { PageField } from './page-field.tsx';
import type { PlanOutline } from './planner/plan-outline.ts';
import { readMedia } from './read-media.ts';
import { readSheetFile } from './read-sheet-file.ts';
import { blankSheet, sheetTemplate } from './sheet-template.ts';

export interface StepProps {
  draft: Draft;
  account: AdAccount;
  send: (event: BuilderEvent) => void;
  newKey: () => string;
}

/** What goes in: the spreadsheet, the media, and the few choices that neither of them makes. */
export function FilesStep({
  draft,
  account,
  outline,
  send,
  newKey,
  onNext,
}: StepProps & { outline: PlanOutline | null; onNext: () => void }) {
  const { wordsOnly } = chosenFor(account.platform, draft.settings);
  const ready = draft.sheet !== null && (wordsOnly || draft.media.length > 0);
  const speaks = platformRules(account.platform).ids.identity !== null;
  return (
    <div class="stack-4">
      <div class="grid-2">
        <TextField
          label={t('builder.name')}
          value={draft.name}
          onText={(name) => send({ type: 'name', name, key: newKey() })}
          placeholder={t('builder.namePlaceholder')}
        />
        {speaks && (
          <PageField
            account={account}
            value={draft.settings.pageId}
            onPick={(pageId) => send({ type: 'setting', change: { pageId }, key: newKey() })}
          />
        )}
      </div>
      <SheetDrop draft={draft} account={account} send={send} newKey={newKey} />
      {draft.sheet !== null && (
        <SheetRows
          rows={draft.sheet.rows}
          problems={outline?.problems ?? []}
          onRows={(rows) => send({ type: 'rows', rows, key: newKey() })}
        />
      )}
      {wordsOnly && draft.media.length === 0 ? (
        <p class="small soft">{t('builder.wordsOnly')}</p>
      ) : (
        <MediaDrop draft={draft} send={send} newKey={newKey} />
      )}
      <LaunchSettings account={account} draft={draft} onChange={(change) => send({ type: 'setting', change, key: newKey() })} />
      <NameSettings
        draft={draft}
        account={account}
        preview={outline?.names ?? null}
        collisions={outline?.collisions ?? []}
        onChange={(change) => send({ type: 'setting', change, key: newKey() })}
      />
      {ready && outline !== null && <CountsStrip counts={outline.counts} />}
      <div class="row-3">
        <Button look="primary" disabled={!ready} onClick={onNext} data-testid="to-review">
          {t('builder.toReview')}
        </Button>
        {!ready && <span class="small faint">{t(wordsOnly ? 'builder.needSheet' : 'builder.needBoth')}</span>}
      </div>
    </div>
  );
}

/** The sheet itself, drawn once it is opened. */
function SheetRows(props: ComponentProps<typeof SheetGrid>) {
  const [open, setOpen] = useState(false);
  return (
    <details class="disclosure card" data-testid="sheet-rows" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Icon name="chevron" size={12} />
        <strong>{t('builder.editRows')}</strong>
        <span class="small faint">{t('builder.rows', { count: Math.max(0, props.rows.length - 1) })}</span>
      </summary>
      {open && <SheetGrid {...props} />}
    </details>
  );
}

type DropProps = Pick<StepProps, 'draft' | 'send' | 'newKey'>;

function SheetDrop({ draft, account, send, newKey }: DropProps & Pick<StepProps, 'account'>) {
  const { sheet } = draft;
  /** Took the place of the present sheet, but could be laid over it: whoever brings corrected rows back wants them corrected. */
  const [other, setOther] = useState<{ before: NonNullable<Draft['sheet']>; merged: MergedSheet } | null>(null);
  const read = useAction(async (file: File) => {
    const next = await readSheetFile(file);
    const merged = sheet === null ? null : mergeSheets(sheet.rows, next.rows);
    setOther(sheet === null || merged === null ? null : { before: sheet, merged });
    send({ type: 'sheet', sheet: next, key: newKey() });
  });
  const layOver = ({ before, merged }: NonNullable<typeof other>) => {
    send({ type: 'sheet', sheet: { ...before, rows: merged.rows }, key: newKey() });
    setOther(null);
  };
  return (
    <FileDrop
      testId="sheet-drop"
      icon="file"
      title={t('builder.sheet')}
      hint={t('builder.sheetHint')}
      accept=".csv,.tsv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
      onFiles={([file]) => {
        if (file !== undefined) void read.run(file);
      }}
    >
      <button
        type="button"
        class="link-button small"
        onClick={() => downloadText('inlay-launch-template.csv', 'text/csv', sheetTemplate(draft, account))}
      >
        {t('builder.template')}
      </button>
      {sheet === null && (
        <button
          type="button"
          class="link-button small"
          data-testid="blank-sheet"
          onClick={() =>
            send({ type: 'sheet', sheet: { fileName: t('builder.blankSheet'), rows: blankSheet(draft, account) }, key: newKey() })
          }
        >
          {t('builder.writeHere')}
        </button>
      )}
      {read.busy && <p class="small faint">{t('loading')}</p>}
      {read.error !== null && <SheetProblem error={read.error} earlier={sheet !== null} />}
      {sheet !== null && (
        <p class="drop-result">
          <Icon name="check" />
          <bdi class="strong">{sheet.fileName}</bdi>
          <span class="faint">{t('builder.rows', { count: Math.max(0, sheet.rows.length - 1) })}</span>
        </p>
      )}
      {other !== null && (
        <p class="drop-result small" role="status">
          {t('builder.sheetKnown', { count: other.merged.updated })}
          <Button onClick={() => layOver(other)}>
            {t('builder.updateRows', { updated: fmt().number(other.merged.updated), added: fmt().number(other.merged.added) })}
          </Button>
        </p>
      )}
      {sheet?.encodingGuessed && <p class="drop-result small">{t('builder.encodingGuessed')}</p>}
    </FileDrop>
  );
}

/** A file that is no table is the person's to mend; anything else is ours. */
function SheetProblem({ error, earlier }: { error: unknown; earlier: boolean }) {
  const safe = earlier ? t('builder.earlierSheet') : undefined;
  if (!(error instanceof SheetFileError)) return <ProblemMessage error={error} {...(safe === undefined ? {} : { safe })} />;
  return (
    <div class="problem" role="alert">
      <Icon name="error" />
      <div class="stack-1">
        <p class="problem-what">
          {error.code === 'BROKEN_QUOTES' ? t('sheetFile.BROKEN_QUOTES', { row: error.row ?? 1 }) : t(`sheetFile.${error.code}`)}
        </p>
        <p>{[safe, t('builder.sheetNext')].filter((part) => part !== undefined).join(' ')}</p>
      </div>
    </div>
  );
}

function MediaDrop({ draft, send, newKey }: DropProps) {
  const [progress, setProgress] = useState<{ done: number; total: number } | null>(null);
  const [skipped, setSkipped] = useState<string[]>([]);
  const read = useAction(async (files: File[]) => {
    const found = await readMedia(files, (done, total) => setProgress({ done, total })).finally(() => setProgress(null));
    setSkipped(found.skipped);
    send({ type: 'media', media: found.media, key: newKey() });
  });
  const { media } = draft;
  const lost = media.filter((one) => one.file === null).length;
  return (
    <FileDrop
      testId="media-drop"
      icon="image"
      title={t('builder.media')}
      hint={t('builder.mediaHint')}
      accept="image/*,video/*"
      multiple
      folder
      onFiles={(files) => void read.run(files)}
    >
      {progress !== null && (
        <div class="drop-result">
          <ProgressBar label={t('builder.reading')} total={progress.total} segments={[{ kind: 'moving', count: progress.done }]} />
          <span class="small faint">{t('progress.ofTotal', progress)}</span>
        </div>
      )}
      {read.error !== null && <ProblemMessage error={read.error} />}
      {media.length > 0 && (
        <p class="drop-result">
          <Icon name="check" />
          <span class="strong">{t('builder.files.count', { count: media.length })}</span>
          <span class="faint">{fmt().bytes(media.reduce((sum, one) => sum + one.bytes, 0))}</span>
          <button
            type="button"
            class="link-button small"
            onClick={() => send({ type: 'media-removed', fileNames: media.map((one) => one.fileName), key: newKey() })}
          >
            {t('builder.removeAll')}
          </button>
        </p>
      )}
      {lost > 0 && <p class="drop-result field-error">{t('builder.lostFiles', { count: lost })}</p>}
      {skipped.length > 0 && (
        <p class="drop-result small faint">{t('builder.skipped', { count: skipped.length, names: skipped.slice(0, 3).join(', ') })}</p>
      )}
    </FileDrop>
  );
}

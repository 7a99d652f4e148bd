import { RATIOS, type PlanMedia } from '#shared/rules/launch-plan.ts';
import type { MediaOverride } from '#shared/rules/media-grouping.ts';
import { IconButton } from '../../ui/button.tsx';
import { SmallSelect, type Option } from '../../ui/field.tsx';
import { fmt, t } from '../../ui/i18n.ts';
import { Table, type Column } from '../../ui/table.tsx';
import type { Draft, DraftMedia } from './draft.ts';
import type { MadePlan } from './make-plan.ts';
import { useFileUrl } from './use-file-url.ts';

interface Row {
  file: DraftMedia;
  grouped: PlanMedia | null;
  override: MediaOverride | undefined;
}
type Props = {
  made: MadePlan;
  draft: Draft;
  onOverride: (fileName: string, override: MediaOverride | null) => void;
  onRemove: (fileName: string) => void;
};

/** Which file went to which concept and ratio, and the hand that corrects it. */
export function MediaGroups(props: Props) {
  const { made, draft } = props;
  const byFile = new Map(made.plan.media.map((one) => [one.fileName, one]));
  const rows = draft.media
    .map((file): Row => ({ file, grouped: byFile.get(file.fileName) ?? null, override: draft.overrides[file.fileName] }))
    .toSorted((a, b) => a.file.fileName.localeCompare(b.file.fileName));
  return (
    <div class="card card-flush">
      <Table label={t('review.media')} rows={rows} rowKey={(row) => row.file.fileName} columns={mediaColumns(props)} />
    </div>
  );
}

function mediaColumns({ made, onOverride, onRemove }: Props): Column<Row>[] {
  const change = (row: Row, next: MediaOverride) => onOverride(row.file.fileName, { ...row.override, ...next });
  return [
    {
      id: 'file',
      header: t('media.file'),
      grow: true,
      sortBy: (row) => row.file.fileName,
      cell: (row) => (
        <span class="row-2" style={{ flexWrap: 'nowrap' }}>
          <Thumbnail media={row.file} />
          <bdi class="clip">{row.file.fileName}</bdi>
        </span>
      ),
    },
    {
      id: 'size',
      header: t('media.size'),
      cell: (row) =>
        row.file.width === 0 ? (
          <span class="field-error">{t('media.unreadable')}</span>
        ) : (
          <bdi dir="ltr">{`${row.file.width} × ${row.file.height}`}</bdi>
        ),
    },
    {
      id: 'concept',
      header: t('media.concept'),
      sortBy: (row) => row.grouped?.conceptKey ?? null,
      cell: (row) => (
        <SmallSelect
          label={t('media.conceptOf', { file: row.file.fileName })}
          value={row.grouped?.conceptKey ?? ''}
          onPick={(conceptKey) => change(row, { conceptKey })}
          options={[...unsure(row), ...made.plan.concepts.map((concept) => ({ value: concept.key, label: concept.name }))]}
        />
      ),
    },
    {
      id: 'ratio',
      header: t('media.ratio'),
      sortBy: (row) => row.grouped?.ratio ?? null,
      cell: (row) => (
        <SmallSelect
          label={t('media.ratioOf', { file: row.file.fileName })}
          value={row.grouped?.ratio ?? ''}
          onPick={(ratio) => {
            if (ratio !== '') change(row, { ratio });
          }}
          options={[...unsure(row), ...RATIOS.map((ratio) => ({ value: ratio, label: ratio.replace('x', ':') }))]}
        />
      ),
    },
    {
      id: 'bytes',
      header: t('media.bytes'),
      align: 'end',
      sortBy: (row) => row.file.bytes,
      cell: (row) => fmt().bytes(row.file.bytes),
    },
    {
      id: 'by',
      header: t('media.undo'),
      quiet: true,
      cell: (row) =>
        row.override === undefined ? null : (
          <button type="button" class="link-button small" onClick={() => onOverride(row.file.fileName, null)}>
            {t('media.undo')}
          </button>
        ),
    },
    {
      id: 'remove',
      header: t('table.actions'),
      quiet: true,
      align: 'end',
      cell: (row) => (
        <IconButton icon="close" label={t('media.remove', { file: row.file.fileName })} onClick={() => onRemove(row.file.fileName)} />
      ),
    },
  ];
}

/** The empty choice, for a file that went nowhere yet. */
function unsure(row: Row): Option<''>[] {
  return row.grouped === null ? [{ value: '', label: '—' }] : [];
}

function Thumbnail({ media }: { media: DraftMedia }) {
  const url = useFileUrl(media.kind === 'image' ? media.file : null);
  return <span class="thumb">{url !== null && <img src={url} alt="" loading="lazy" />}</span>;
}

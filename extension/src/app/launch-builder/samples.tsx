import type { Preview } from '#shared/contracts/launches.ts';
import { contentOf } from '#shared/rules/ad-content.ts';
import { nameWithoutToken } from '#shared/rules/client-token.ts';
import type { CreativeSpec } from '#shared/rules/planned-item.ts';
import { addToLink, duplicateKeys } from '#shared/rules/utm.ts';
import { t } from '../../ui/i18n.ts';
import { Table } from '../../ui/table.tsx';
import type { MadePlan } from './make-plan.ts';

const SHOWN = 40;
interface Sample {
  itemPath: string;
  kind: Preview['samples'][number]['kind'];
  name: string;
  link: string | null;
}

/** Names and links as they will be sent: the service's own when it has answered, else ours. */
export function Samples({ made, server }: { made: MadePlan; server: Preview | null }) {
  const rows: readonly Sample[] = server?.samples ?? ownSamples(made);
  return (
    <div class="card card-flush">
      <Table
        label={t('review.names')}
        rows={rows}
        rowKey={(row) => row.itemPath}
        columns={[
          { id: 'kind', header: t('receipts.kind'), cell: (row) => t(`kind.${row.kind}`) },
          { id: 'name', header: t('samples.name'), cell: (row) => <bdi title={row.name}>{nameWithoutToken(row.name)}</bdi> },
          {
            id: 'link',
            header: t('samples.link'),
            grow: true,
            cell: (row) =>
              row.link === null ? (
                <span class="faint">—</span>
              ) : (
                <bdi dir="ltr" title={row.link}>
                  {row.link}
                </bdi>
              ),
          },
        ]}
      />
    </div>
  );
}

function ownSamples(made: MadePlan): Sample[] {
  return made.expanded.items
    .flatMap((item) => (item.kind === 'media' || (item.kind === 'ad' && item.spec.creative === null) ? [] : [item]))
    .slice(0, SHOWN)
    .map((item) => ({ itemPath: item.itemPath, kind: item.kind, name: item.name, link: linkOf(contentOf(item)) }));
}

/** A link that already carries one of the parameters is refused as a problem; there is no whole link to show. */
function linkOf(content: CreativeSpec | null): string | null {
  if (content === null || content.linkUrl === null) return null;
  const { linkUrl, urlTags } = content;
  return duplicateKeys(linkUrl, urlTags).length > 0 ? null : addToLink(linkUrl, urlTags);
}

import * as privacy from '#shared/contracts/privacy.ts';
import { Button, LinkButton } from '../../../../ui/button.tsx';
import { fmt, t } from '../../../../ui/i18n.ts';
import { ProblemMessage } from '../../../../ui/problem-message.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { Table } from '../../../../ui/table.tsx';
import { toast } from '../../../../ui/toast.tsx';
import { ExportState } from '../../../export-state.tsx';
import { home } from '../../../session/me.ts';
import { useProof } from '../../../session/proof.ts';
import { useTransport } from '../../../transport-context.ts';
import { useExportNews } from '../../../use-export-news.ts';
import { useAction, useLoad } from '../../../use-load.ts';

/** Copies of the organization's data, each behind a link that ends. */
export function Exports() {
  const transport = useTransport();
  const withProof = useProof();
  const { now, reload } = useLoad(`exports ${home().id}`, (signal) => transport.call(privacy.listOrganizationExports, { signal }));
  const make = useAction(async () => {
    await withProof(() => transport.call(privacy.exportOrganization, {}));
    toast(t('data.making'));
    reload();
  });
  const rows = now.data?.exports ?? [];
  useExportNews(rows, reload);
  return (
    <section class="card card-flush cards-narrow">
      <div class="card-head">
        <div class="stack-1">
          <h2>{t('data.exports')}</h2>
          <p class="small soft">{t('data.exportsNote')}</p>
        </div>
        <Button icon="download" busy={make.busy} onClick={make.run} data-testid="export-make">
          {t('data.make')}
        </Button>
      </div>
      {make.error !== null && <ProblemMessage error={make.error} safe={t('data.notMade')} />}
      {now.state === 'failed' && <ProblemMessage error={now.error} onRetry={reload} />}
      {now.data === null && now.state === 'loading' && <Skeleton rows={2} />}
      {now.data !== null && rows.length === 0 && <p class="settings-none">{t('data.noExports')}</p>}
      {rows.length > 0 && (
        <Table
          label={t('data.exports')}
          rows={rows}
          rowKey={(one) => one.id}
          columns={[
            { id: 'asked', header: t('data.asked'), grow: true, cell: (one) => fmt().instant(one.createdAt) },
            {
              id: 'state',
              header: t('invitations.state'),
              cell: (one) => <ExportState state={one.state} />,
            },
            { id: 'size', header: t('data.size'), align: 'end', cell: (one) => (one.bytes === null ? '—' : fmt().bytes(one.bytes)) },
            {
              id: 'sum',
              header: t('data.checksum'),
              cell: (one) =>
                one.sha256 === null ? (
                  '—'
                ) : (
                  <code dir="ltr" title={one.sha256}>
                    {one.sha256.slice(0, 12)}…
                  </code>
                ),
            },
            { id: 'until', header: t('data.goodUntil'), cell: (one) => fmt().instant(one.expiresAt) },
            {
              id: 'actions',
              header: t('table.actions'),
              quiet: true,
              align: 'end',
              cell: (one) =>
                one.url !== null && (
                  <LinkButton
                    look="quiet"
                    icon="download"
                    href={one.url}
                    aria-label={t('data.downloadOf', { day: fmt().day(one.createdAt) })}
                  >
                    {t('data.download')}
                  </LinkButton>
                ),
            },
          ]}
        />
      )}
    </section>
  );
}

import { useState } from 'preact/hooks';
import * as revenue from '#shared/contracts/revenue.ts';
import type { Lead } from '#shared/contracts/revenue.ts';
import { LinkButton } from '../../../ui/button.tsx';
import { ChoiceBar, Chip } from '../../../ui/chip.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { fmt, t } from '../../../ui/i18n.ts';
import { Count } from '../../../ui/money.tsx';
import type { Column } from '../../../ui/table.tsx';
import { PagedTable } from '../../paged-table.tsx';
import { href } from '../../router.ts';
import { may } from '../../session/me.ts';
import { PageHead } from '../../shell/page-head.tsx';
import { useTransport } from '../../transport-context.ts';
import { usePages, type Pages } from '../../use-pages.ts';
import { LeadDetails } from './lead-details.tsx';
import { StagePicker, STAGES, type Stage } from './stage-picker.tsx';

export function Leads() {
  const transport = useTransport();
  const [stage, setStage] = useState<Stage | 'all'>('all');
  const pages = usePages<Lead>(stage, async (cursor) => {
    const answer = await transport.call(revenue.listLeads, {
      query: { pageSize: 100, ...(stage === 'all' ? {} : { stage }), ...(cursor === undefined ? {} : { cursor }) },
    });
    return { rows: answer.leads, nextCursor: answer.nextCursor };
  });
  return (
    <>
      <PageHead title={t('nav.leads')} note={t('leads.note')}>
        <ChoiceBar
          label={t('leads.stage')}
          value={stage}
          onChange={setStage}
          choices={[{ value: 'all', label: t('leads.all') }, ...STAGES.map((one) => ({ value: one, label: t(`stage.${one}`) }))]}
        />
      </PageHead>
      <section class="card card-flush">
        <PagedTable
          pages={pages}
          label={t('nav.leads')}
          rowKey={(lead) => lead.id}
          details={(lead) => <LeadDetails lead={lead} />}
          columns={leadColumns(pages.replace)}
          empty={
            <EmptyState
              icon="leads"
              title={t('leads.none')}
              text={stage === 'all' ? t('leads.noneText') : t('leads.noneInStage')}
              {...(stage === 'all' && may('connections:write')
                ? { action: <LinkButton href={href('/connections')}>{t('nav.connections')}</LinkButton> }
                : {})}
            />
          }
        />
      </section>
    </>
  );
}

function leadColumns(replace: Pages<Lead>['replace']): Column<Lead>[] {
  return [
    {
      id: 'person',
      header: t('leads.person'),
      grow: true,
      sortBy: (lead) => nameOf(lead),
      cell: (lead) => (
        <span class="row-2" style={{ flexWrap: 'nowrap' }}>
          <bdi class="clip">{nameOf(lead)}</bdi>
          {lead.isTest && <Chip>{t('leads.test')}</Chip>}
          {lead.backfilled && <Chip title={t('leads.backfilledTitle')}>{t('leads.backfilled')}</Chip>}
        </span>
      ),
    },
    {
      id: 'at',
      header: t('leads.submitted'),
      sortBy: (lead) => lead.submittedAt,
      cell: (lead) => <time dateTime={lead.submittedAt}>{fmt().instant(lead.submittedAt)}</time>,
    },
    {
      id: 'ad',
      header: t('leads.ad'),
      sortBy: (lead) => lead.ad?.name ?? null,
      cell: (lead) => <bdi class="clip">{lead.ad === null ? '—' : (lead.ad.name ?? lead.ad.id)}</bdi>,
    },
    {
      id: 'stage',
      header: t('leads.stage'),
      cell: (lead) => <StagePicker lead={lead} onMoved={(moved) => replace((one) => one.id === moved.id, moved)} />,
    },
    {
      id: 'orders',
      header: t('figure.orders'),
      align: 'end',
      sortBy: (lead) => lead.orders,
      cell: (lead) => <Count value={lead.orders} />,
    },
    {
      id: 'net',
      header: t('leads.net'),
      align: 'end',
      sortBy: (lead) => lead.netMinor,
      cell: (lead) => <bdi class="figure">{lead.currency === null ? '—' : fmt().money(lead.netMinor, lead.currency)}</bdi>,
    },
  ];
}

/** What the form calls the person; the e-mail when it did not ask for a name. */
function nameOf(lead: Lead): string {
  const { contact } = lead;
  return contact['full_name'] ?? contact['email'] ?? contact['phone_number'] ?? lead.id;
}

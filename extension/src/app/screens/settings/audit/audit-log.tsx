import { useState } from 'preact/hooks';
import type { z } from 'zod';
import * as members from '#shared/contracts/members.ts';
import * as audit from '#shared/contracts/audit.ts';
import { SmallSelect } from '../../../../ui/field.tsx';
import { fmt, t } from '../../../../ui/i18n.ts';
import { Icon } from '../../../../ui/icon.tsx';
import { PagedTable } from '../../../paged-table.tsx';
import { may } from '../../../session/me.ts';
import { PageHead } from '../../../shell/page-head.tsx';
import { useTransport } from '../../../transport-context.ts';
import { useLoad } from '../../../use-load.ts';
import { usePages, type Page } from '../../../use-pages.ts';
import { actionWord, topics } from './action-words.ts';

type Entry = z.output<typeof audit.auditEntry>;
type Seal = Pick<z.output<typeof audit.listAudit.response>, 'sealedUntil' | 'isIntact'>;
interface AuditPage extends Page<Entry> {
  seal: Seal;
}

/** Who did what, newest first, and whether the log is as it was written. */
export function AuditLog() {
  const transport = useTransport();
  const [actor, setActor] = useState('');
  const [topic, setTopic] = useState('');
  const pages = usePages<Entry, AuditPage>(`${actor} ${topic}`, async (cursor) => {
    const answer = await transport.call(audit.listAudit, {
      query: { cursor, limit: 50, ...(actor === '' ? {} : { actor }), ...(topic === '' ? {} : { action: topic }) },
    });
    return { rows: answer.entries, nextCursor: answer.nextCursor, seal: { sealedUntil: answer.sealedUntil, isIntact: answer.isIntact } };
  });
  return (
    <>
      <PageHead title={t('section.audit')} note={t('audit.note')}>
        {may('members:read') && <PersonFilter value={actor} onPick={setActor} />}
        <SmallSelect
          label={t('audit.byAction')}
          value={topic}
          onPick={setTopic}
          options={[{ value: '', label: t('audit.everything') }, ...topics().map((one) => ({ value: one.topic, label: one.word }))]}
        />
      </PageHead>
      {pages.last !== null && <SealLine {...pages.last.seal} />}
      <section class="card card-flush cards-narrow">
        <PagedTable
          label={t('section.audit')}
          pages={pages}
          rowKey={(one) => one.id}
          empty={<p class="settings-none">{t(actor === '' && topic === '' ? 'audit.none' : 'audit.noneFound')}</p>}
          details={(one) => <Detail entry={one} />}
          columns={[
            {
              id: 'what',
              header: t('audit.what'),
              grow: true,
              cell: (one) => <span title={one.action}>{actionWord(one.action)}</span>,
            },
            { id: 'who', header: t('audit.who'), cell: (one) => <Actor entry={one} /> },
            {
              id: 'object',
              header: t('audit.object'),
              cell: (one) =>
                one.object === null ? (
                  '—'
                ) : one.objectName !== null ? (
                  <bdi class="clip" title={one.object}>
                    {one.objectName}
                  </bdi>
                ) : (
                  <code class="clip" dir="ltr">
                    {one.object}
                  </code>
                ),
            },
            { id: 'when', header: t('audit.when'), cell: (one) => <span title={one.at}>{fmt().instant(one.at)}</span> },
          ]}
        />
      </section>
    </>
  );
}

function PersonFilter({ value, onPick }: { value: string; onPick: (id: string) => void }) {
  const transport = useTransport();
  const { now } = useLoad('members-of-audit', (signal) => transport.call(members.listMembers, { signal }));
  return (
    <SmallSelect
      label={t('audit.byPerson')}
      value={value}
      onPick={onPick}
      options={[
        { value: '', label: t('audit.everybody') },
        ...(now.data?.members ?? []).map((one) => ({ value: one.userId, label: one.name })),
      ]}
    />
  );
}

function Actor({ entry }: { entry: Entry }) {
  if (isMachine(entry.actor)) return <span title={entry.actor}>{t('audit.system')}</span>;
  if (entry.actorName !== null) return <bdi>{entry.actorName}</bdi>;
  return (
    <span class="faint" title={entry.actor}>
      {t('audit.gone')}
    </span>
  );
}

/** Jobs and the intake, as against people and keys, whose ids hold a "_". */
const isMachine = (actor: string): boolean => actor.startsWith('job:') || !actor.includes('_');

function SealLine({ sealedUntil, isIntact }: Seal) {
  if (!isIntact)
    return (
      <div class="problem settings-note" role="alert">
        <Icon name="error" />
        <p>{t('audit.broken')}</p>
      </div>
    );
  return (
    <p class="small soft settings-note row-1" data-testid="seal">
      <Icon name="check" />
      {sealedUntil === null ? t('audit.unsealed') : t('audit.sealed', { at: fmt().instant(sealedUntil) })}
    </p>
  );
}

/** What was recorded beside it, as it was recorded. */
function Detail({ entry }: { entry: Entry }) {
  const facts = Object.entries({ action: entry.action, ...entry.detail });
  return (
    <div class="stack-1">
      <h2 class="h3">{t('audit.details')}</h2>
      <dl class="recorded" dir="ltr">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code class="wrap-code">{typeof value === 'string' ? value : JSON.stringify(value)}</code>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

import type { FunctionComponent } from 'preact';
import { LinkButton } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { t } from '../../../ui/i18n.ts';
import { go, href } from '../../router.ts';
import { Closed } from '../../shell/closed.tsx';
import { Account } from '../account/account.tsx';
import { Security } from '../account/security.tsx';
import { ApiKeys } from './api-keys/api-keys.tsx';
import { AuditLog } from './audit/audit-log.tsx';
import { Browser } from './browser/browser.tsx';
import { Clients } from './clients/clients.tsx';
import { Data } from './data/data.tsx';
import { Embeds } from './embeds/embeds.tsx';
import { General } from './general/general.tsx';
import { Invitations } from './invitations/invitations.tsx';
import { Members } from './members/members.tsx';
import { canOpen, groupsInReach, sectionAt, sectionLabel, sectionPath, type SectionId } from './sections.ts';
import { Spending } from './spending/spending.tsx';
import { SupportAccess } from './support/support-access.tsx';
import { Webhooks } from './webhooks/webhooks.tsx';

const SCREENS: Record<SectionId, FunctionComponent> = {
  account: Account,
  security: Security,
  browser: Browser,
  general: General,
  members: Members,
  invitations: Invitations,
  clients: Clients,
  spending: Spending,
  'api-keys': ApiKeys,
  webhooks: Webhooks,
  embeds: Embeds,
  audit: AuditLog,
  support: SupportAccess,
  data: Data,
};

/** One section at a time, each at an address of its own; the list shows those the person's role opens. */
export function Settings({ path }: { path: string }) {
  const section = sectionAt(path);
  return (
    <div class="settings">
      <SectionList current={section} />
      <div class="settings-section">
        {section === null ? <Unknown /> : canOpen(section) ? <Section id={section} /> : <Closed title={sectionLabel(section)} />}
      </div>
    </div>
  );
}

function Section({ id }: { id: SectionId }) {
  const Screen = SCREENS[id];
  return <Screen />;
}

/** A list beside the section where there is room, one field above it where there is not. */
function SectionList({ current }: { current: SectionId | null }) {
  const groups = groupsInReach();
  return (
    <>
      <nav class="settings-nav nav" aria-label={t('section.label')}>
        {groups.map(({ group, sections }) => (
          <div key={group} class="stack-1">
            <h2 class="settings-group">{t(`section.${group}`)}</h2>
            {sections.map((id) => (
              <a key={id} href={href(sectionPath(id))} aria-current={id === current ? 'page' : undefined}>
                {t(sectionLabel(id))}
              </a>
            ))}
          </div>
        ))}
      </nav>
      <select
        class="input settings-pick"
        aria-label={t('section.label')}
        value={current ?? ''}
        onChange={(event) => go(sectionPath(event.currentTarget.value as SectionId))}
      >
        {current === null && <option value="">—</option>}
        {groups.map(({ group, sections }) => (
          <optgroup key={group} label={t(`section.${group}`)}>
            {sections.map((id) => (
              <option key={id} value={id}>
                {t(sectionLabel(id))}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </>
  );
}

function Unknown() {
  return (
    <EmptyState
      icon="search"
      title={t('notFound.title')}
      text={t('notFound.text')}
      action={<LinkButton href={href('/settings')}>{t('nav.settings')}</LinkButton>}
    />
  );
}

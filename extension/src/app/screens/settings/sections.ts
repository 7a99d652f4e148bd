import type { AppMessageKey } from '../../../ui/i18n.ts';
import { may } from '../../session/me.ts';

const GROUPS = ['you', 'organization', 'tools', 'trust'] as const;
type Group = (typeof GROUPS)[number];

/** The sections in the order of the list, and what one must be allowed to open them; null = everybody. */
const SECTIONS = [
  { id: 'account', group: 'you', permission: null },
  { id: 'security', group: 'you', permission: null },
  { id: 'browser', group: 'you', permission: null },
  { id: 'general', group: 'organization', permission: 'organization:read' },
  { id: 'members', group: 'organization', permission: 'members:read' },
  { id: 'invitations', group: 'organization', permission: 'members:read' },
  { id: 'clients', group: 'organization', permission: 'clients:read' },
  { id: 'spending', group: 'organization', permission: 'launches:write' },
  { id: 'api-keys', group: 'tools', permission: 'keys:read' },
  { id: 'webhooks', group: 'tools', permission: 'webhooks:read' },
  { id: 'embeds', group: 'tools', permission: 'embeds:read' },
  { id: 'audit', group: 'trust', permission: 'audit:read' },
  { id: 'support', group: 'trust', permission: 'audit:read' },
  { id: 'data', group: 'trust', permission: 'privacy:export' },
] as const;
export type SectionId = (typeof SECTIONS)[number]['id'];

export const sectionLabel = (id: SectionId): AppMessageKey => `section.${id}`;
export const sectionPath = (id: SectionId): string => `/settings/${id}`;

/** The section an address names; "/settings" alone is the organization's own page. Null = there is none. */
export function sectionAt(path: string): SectionId | null {
  if (path === '/settings') return 'general';
  return SECTIONS.find((section) => path === sectionPath(section.id))?.id ?? null;
}

export function canOpen(id: SectionId): boolean {
  return inReach().some((section) => section.id === id);
}

export function groupsInReach(): { group: Group; sections: SectionId[] }[] {
  return GROUPS.map((group) => ({
    group,
    sections: inReach()
      .filter((section) => section.group === group)
      .map(({ id }) => id),
  })).filter(({ sections }) => sections.length > 0);
}

function inReach() {
  return SECTIONS.filter(({ permission }) => permission === null || may(permission));
}

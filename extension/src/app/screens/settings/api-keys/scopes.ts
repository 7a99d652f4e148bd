import { KEY_SCOPES } from '#shared/contracts/machines.ts';
import type { Permission } from '#shared/rules/permissions.ts';
import { t, type AppMessageKey } from '../../../../ui/i18n.ts';
import { may } from '../../../session/me.ts';

const resourceOf = (permission: Permission) => permission.split(':')[0] as string;
const wordOf = (group: 'resource' | 'doing', word: string): string => t(`${group}.${word}` as AppMessageKey);

/** What this person may give to a key, grouped by what it is about. */
export function scopesToGive(): { resource: string; label: string; scopes: Permission[] }[] {
  const given = KEY_SCOPES.filter(may);
  return [...new Set(given.map(resourceOf))].map((resource) => ({
    resource,
    label: wordOf('resource', resource),
    scopes: given.filter((permission) => resourceOf(permission) === resource),
  }));
}

/** "Read" of "leads:read". */
export const actionWord = (permission: Permission): string => wordOf('doing', permission.split(':')[1] as string);
/** "Leads: read" in the reader's language. */
export const scopeWord = (permission: Permission): string => `${wordOf('resource', resourceOf(permission))} · ${actionWord(permission)}`;

import type { CrmObject, ObjectType } from './store.ts';

const ALWAYS: Record<ObjectType, string[]> = {
  contacts: ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname'],
  companies: ['createdate', 'domain', 'hs_lastmodifieddate', 'hs_object_id', 'name'],
  deals: ['amount', 'closedate', 'createdate', 'dealname', 'dealstage', 'hs_lastmodifieddate', 'hs_object_id', 'pipeline'],
  tickets: ['createdate', 'hs_lastmodifieddate', 'hs_object_id', 'subject'],
};

/** SimplePublicObject: the asked-for properties beside the few that always come; every value a string or null. */
export function showObject(object: CrmObject, asked: readonly string[] = []): Record<string, unknown> {
  const created = new Date(object.createdAt).toISOString();
  const updated = new Date(object.updatedAt).toISOString();
  const own: Record<string, string | null> = {
    ...object.properties,
    createdate: created,
    lastmodifieddate: updated,
    hs_lastmodifieddate: updated,
  };
  if (object.type === 'deals') own['hs_is_closed_won'] = String(object.properties['dealstage'] === 'closedwon');
  const names =
    asked.length > 0
      ? [...new Set([...asked, 'hs_object_id', 'createdate', object.type === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate'])]
      : ALWAYS[object.type];
  return {
    id: object.id,
    properties: Object.fromEntries(names.map((name) => [name, own[name] ?? null])),
    createdAt: created,
    updatedAt: updated,
    archived: object.archived,
  };
}

export const valueOf = (object: CrmObject, name: string): string | null =>
  (showObject(object, [name])['properties'] as Record<string, string | null>)[name] ?? null;

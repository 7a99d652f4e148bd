import { readFileSync } from 'node:fs';

const file = JSON.parse(readFileSync(new URL('../spec/admin-2026-10.access.json', import.meta.url), 'utf8')) as {
  requiredAccess: Record<string, string | null>;
};

/**
 * The first scope the vendor's own page names for a root field, else for the object it gives (orders → Order), or null when
 * any installed app may call it.
 */
export function requiredScope(kind: 'query' | 'mutation', field: string, gives: string): string | null {
  const own = file.requiredAccess[`${kind === 'query' ? 'QueryRoot' : 'Mutation'}.${field}`];
  const text = own ?? (kind === 'query' ? file.requiredAccess[gives.replace(/Connection$/, '')] : null);
  const named = text ? /`((?:read_|write_)?[a-z_]+)` access scope/.exec(text)?.[1] : undefined;
  if (named === undefined) return null;
  return /^(read|write)_/.test(named) ? named : `${kind === 'query' ? 'read' : 'write'}_${named}`;
}

/** Writing implies reading. */
export function hasScope(granted: string, wanted: string): boolean {
  const scopes = granted.split(/[\s,]+/);
  return scopes.includes(wanted) || (wanted.startsWith('read_') && scopes.includes(wanted.replace('read_', 'write_')));
}

import { createHash } from 'node:crypto';
import { newId } from '../../kernel/prefixed-id.ts';
import { signAccessToken } from '../../kernel/access-token.ts';
import type { Role } from '#shared/rules/permissions.ts';
import { localVars } from '../../../local/local-secrets.ts';
import type { TestWorker } from '../harness.ts';

export interface Person {
  userId: string;
  sessionId: string;
  email: string;
  /** A fresh access token: the person has just proven who they are. */
  token: string;
}

/** A person with a session, straight into the tables: what a walk over all roles needs many of. */
export async function addPerson(
  w: TestWorker,
  {
    organizationId,
    role,
    clientId = null,
    isStaff = false,
  }: { organizationId: string | null; role?: Role; clientId?: string | null; isStaff?: boolean },
): Promise<Person> {
  const userId = newId('usr');
  const sessionId = newId('ses');
  const email = `${userId.slice(4)}@example.com`;
  await w.db.query('insert into users (id, email, email_key, name, is_staff) values ($1, $2, $2, $3, $4)', [
    userId,
    email,
    'Test person',
    isStaff,
  ]);
  if (organizationId !== null && role !== undefined)
    await w.db.query('insert into memberships (organization_id, user_id, role, client_id) values ($1, $2, $3, $4)', [
      organizationId,
      userId,
      role,
      clientId,
    ]);
  await w.db.query(`insert into sessions (id, user_id, organization_id, client) values ($1, $2, $3, 'web')`, [
    sessionId,
    userId,
    organizationId,
  ]);
  return { userId, sessionId, email, token: await tokenOf({ userId, sessionId, organizationId }) };
}

const { SESSION_KEY = '' } = localVars({ databaseUrl: '', neonProxyPort: 0, outsideOrigin: '', workerOrigin: '', extensionIds: '' });
const tokenOf = (claims: { userId: string; sessionId: string; organizationId: string | null }) =>
  signAccessToken({ signWith: '1', keys: { 1: SESSION_KEY } }, claims, new Date());

/** An API key with these scopes, straight into the table. */
export async function addApiKey(w: TestWorker, organizationId: string, scopes: readonly string[]): Promise<{ id: string; key: string }> {
  const id = newId('key');
  const key = `ink_live_${createHash('sha256').update(id).digest('base64url')}`;
  await w.db.query(
    `insert into api_keys (id, organization_id, name, prefix, hash, scopes, created_by) values ($1, $2, 'Test key', $3, $4, $5, 'usr_x')`,
    [id, organizationId, key.slice(0, 13), createHash('sha256').update(key).digest('hex'), JSON.stringify(scopes)],
  );
  return { id, key };
}

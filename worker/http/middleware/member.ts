import { sql } from 'drizzle-orm';
import { verifyAccessToken } from '../../kernel/access-token.ts';
import { sha256Hex } from '../../kernel/bytes.ts';
import { createContext, type Context, type Ports } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { newId } from '../../kernel/prefixed-id.ts';
import { memberContext, personContext, standingSession, type StandingSession } from '../../kernel/standing-member.ts';

/** What an API key begins with. */
export const KEY_PREFIX = 'ink_';

const bearer = (request: Request): string => {
  const header = request.headers.get('authorization');
  if (!header?.startsWith('Bearer ')) throw notSignedIn();
  return header.slice(7);
};

/** The session behind a request: the token proves who, a look-up that they still are. @throws not_signed_in */
async function readSession(ports: Ports, token: string): Promise<StandingSession> {
  const claims = await verifyAccessToken(ports.settings.SESSION_KEYS, token, ports.now());
  const session = claims && (await standingSession(ports, claims));
  if (!session) throw notSignedIn();
  return session;
}

/** A member's session or an API key, inside its organization. @throws not_signed_in, not_allowed for a person in no organization */
export async function readMember(ports: Ports, request: Request): Promise<Context> {
  const token = bearer(request);
  if (token.startsWith(KEY_PREFIX)) return readKey(ports, token);
  const member = memberContext(ports, await readSession(ports, token));
  if (!member)
    throw new AppError('not_allowed', 'You belong to no organization here. Choose another one, found one, or ask for an invitation.', {
      reason: 'no_organization',
    });
  return member;
}

/** A signed-in person as such, member of an organization or of none. @throws not_signed_in */
export async function readPerson(ports: Ports, request: Request): Promise<Context> {
  return personContext(ports, await readSession(ports, bearer(request)));
}

/** One of the platform's own people. Everybody else gets the answer of an address that does not exist. @throws not_signed_in, not_found */
export async function readStaff(ports: Ports, request: Request): Promise<Context> {
  const session = await readSession(ports, bearer(request));
  if (!session.isStaff) throw new AppError('not_found', 'There is no such thing, or you cannot see it.');
  return personContext(ports, session);
}

/** Finds the key, while it stands, and notes its use: the first one in the audit log, the newest at most once a minute. */
async function readKey(ports: Ports, token: string): Promise<Context> {
  const hash = await sha256Hex(token);
  const { rows: found } = await ports.database
    .within({})
    .read((q) => q.execute<{ organization_id: string; key_id: string }>(sql`select organization_id, key_id from route_api_key(${hash})`));
  const [route] = found;
  if (!route) throw keyRefused();
  const at = sql`${ports.now().toISOString()}::timestamptz`;
  const { rows } = await ports.database.within({ organizationId: route.organization_id }).read((q) =>
    q.execute<{ scopes: string[] }>(sql`
      with known as (
        select id, organization_id, scopes, last_used_at from api_keys
        where id = ${route.key_id} and revoked_at is null and (expires_at is null or expires_at > ${at})
      ), used as (
        update api_keys k set last_used_at = ${at} from known
        where k.id = known.id and (k.last_used_at is null or k.last_used_at < ${at} - interval '1 minute') returning k.id
      ), noted as (
        insert into audit_log (id, organization_id, actor, ip_hash, action, object, at)
        select ${newId('aud', ports.now().getTime())}, known.organization_id, known.id, ${ports.caller?.networkHash ?? null}, 'key.first_used', known.id, ${at}
        from known join used on used.id = known.id where known.last_used_at is null
      )
      select scopes from known`),
  );
  const [key] = rows;
  if (!key) throw keyRefused();
  return createContext(ports, route.organization_id, { kind: 'key', keyId: route.key_id, permissions: key.scopes });
}

/** One answer for a key that never was, was revoked or has expired. */
const keyRefused = () => new AppError('not_signed_in', 'This API key opens nothing: it is wrong, revoked or expired. Make a new one.');
const notSignedIn = () => new AppError('not_signed_in', 'Your session has ended. Sign in again; nothing you typed is lost.');

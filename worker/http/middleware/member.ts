import { verifyAccessToken } from '../../kernel/access-token.ts';
import type { Context, Ports } from '../../kernel/context.ts';
import { AppError } from '../../kernel/errors.ts';
import { standingMember } from '../../kernel/standing-member.ts';

/** The signed-in member behind a request: the token proves who, a look-up that they still are. @throws not_signed_in */
export async function readMember(ports: Ports, request: Request): Promise<Context> {
  const header = request.headers.get('authorization');
  if (!header?.startsWith('Bearer ')) throw notSignedIn();
  const claims = await verifyAccessToken(ports.settings.SESSION_KEY, header.slice(7), ports.now());
  const member = claims && (await standingMember(ports, claims));
  if (!member) throw notSignedIn();
  return member;
}

const notSignedIn = () => new AppError('not_signed_in', 'Your session has ended. Sign in again; nothing you typed is lost.');

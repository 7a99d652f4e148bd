import { Secret, TOTP } from 'otpauth';
import { NO_ORGANIZATION, type Ports } from '../../../kernel/context.ts';

const PERIOD = 30;
const ISSUER = 'Inlay';

export const totpPlace = (userId: string) => ({ organizationId: NO_ORGANIZATION, table: 'users', column: 'totp_secret', row: userId });

/** 160 random bits, as RFC 4226 asks for, in base32. */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

const totpOf = (secret: string, label: string) =>
  new TOTP({ issuer: ISSUER, label, algorithm: 'SHA1', digits: 6, period: PERIOD, secret: Secret.fromBase32(secret) });

/** What an authenticator app reads from the QR code. */
export const totpUri = (secret: string, email: string): string => totpOf(secret, email).toString();

/** The step of 30 seconds a code belongs to: the current one, the one before or the one after; null = none of them. */
export async function stepOfCode(ports: Ports, user: { id: string; totpSecret: string }, code: string): Promise<number | null> {
  const secret = await ports.keyRing.unseal(totpPlace(user.id), user.totpSecret);
  const timestamp = ports.now().getTime();
  const delta = totpOf(secret, '').validate({ token: code, timestamp, window: 1 });
  return delta === null ? null : Math.floor(timestamp / (PERIOD * 1000)) + delta;
}

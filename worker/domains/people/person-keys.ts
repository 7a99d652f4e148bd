import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';
import type { personKeys } from '#schema/index.ts';

export type KeyKind = (typeof personKeys.kind.enumValues)[number];
/** A value that says who somebody is, normalised. It is hashed before it is stored. */
export interface PersonKey {
  kind: KeyKind;
  value: string;
}

/** Mailboxes that many people read: they may suggest, never join. */
const ROLE_MAILBOXES = new Set([
  'info',
  'sales',
  'office',
  'contact',
  'hello',
  'hi',
  'mail',
  'admin',
  'support',
  'help',
  'team',
  'service',
  'billing',
  'accounts',
  'noreply',
  'no-reply',
  'postmaster',
  'webmaster',
  'marketing',
  'kontakt',
  'bonjour',
]);

/** Trimmed, lower case, domain in ASCII; null when it is no address or a role mailbox. Plus-tags and dots stay: without them it is only probable. */
export function emailKey(text: string | null | undefined): PersonKey | null {
  const match = /^([^\s@]+)@([^\s@]+\.[^\s@]+)$/.exec((text ?? '').trim().normalize('NFKC').toLowerCase());
  if (!match) return null;
  const [, local, domain] = match as unknown as [string, string, string];
  if (ROLE_MAILBOXES.has(local)) return null;
  const ascii = asciiHost(domain);
  return ascii === null ? null : { kind: 'email', value: `${local}@${ascii}` };
}

/** E.164 ("+33612345678"), read with the country of the form where the number names none; null when it is no valid number. */
export function phoneKey(text: string | null | undefined, country: string | null): PersonKey | null {
  const parsed = parsePhoneNumberFromString(text ?? '', {
    ...(country === null ? {} : { defaultCountry: country as CountryCode }),
    extract: false,
  });
  return parsed?.isValid() ? { kind: 'phone', value: parsed.number } : null;
}

/** A platform click id; fbc ("fb.1.1700000000000.AbC") is reduced to the fbclid inside. */
export function clickIdKey(text: string | null | undefined): PersonKey | null {
  const value = (text ?? '').trim().replace(/^fb\.\d\.\d+\./, '');
  return /^[A-Za-z0-9_-]{8,500}$/.test(value) ? { kind: 'click_id', value } : null;
}

function asciiHost(domain: string): string | null {
  try {
    return new URL(`https://${domain}`).hostname;
  } catch {
    return null;
  }
}

import type { CrmPlatform } from '../crm-platform.ts';

const MOST_AGE_MS = 300_000;
/** HubSpot signs the address with these characters in clear (their documentation lists them). */
const CLEAR: Record<string, string> = {
  '%3A': ':',
  '%2F': '/',
  '%3F': '?',
  '%40': '@',
  '%21': '!',
  '%24': '$',
  '%27': "'",
  '%28': '(',
  '%29': ')',
  '%2A': '*',
  '%2C': ',',
  '%3B': ';',
};

export const verifyRequest: CrmPlatform['verifyRequest'] = async (secret, { method, url, raw, signature, timestamp, now }) => {
  if (signature === null || timestamp === null || !/^\d{12,14}$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() - Number(timestamp)) > MOST_AGE_MS) return false;
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = Uint8Array.from(atob(signature), (char) => char.charCodeAt(0));
  } catch {
    return false;
  }
  // The documentation decodes before hashing, HubSpot's own client does not: an address that differs is accepted in both spellings.
  const clear = url.replace(/%[0-9A-F]{2}/gi, (code) => CLEAR[code.toUpperCase()] ?? code);
  for (const spelling of new Set([clear, url])) {
    if (await crypto.subtle.verify('HMAC', key, bytes, encoder.encode(`${method}${spelling}${raw}${timestamp}`))) return true;
  }
  return false;
};

/** A bare host name in the spelling that addresses are compared in; null when the text is anything else (a scheme, a path, a port). */
export function hostName(text: string): string | null {
  const host = text.trim().toLowerCase();
  if (!/^[^\s/:@?#\\%[\]]+\.[^\s/:@?#\\%[\]]+$/.test(host) || host.endsWith('.')) return null;
  return parse(`https://${host}`)?.hostname ?? null;
}

/**
 * Whether a creator's link may lead there: https, no name or password, the standard port, and a host that stands on the program's list
 * letter by letter. Checked when a link is saved and again when it is followed, so no list change leaves an open redirect behind.
 */
export function mayLeadTo(destination: string, allowedDomains: readonly string[]): boolean {
  const to = parse(destination);
  return (
    to !== null &&
    to.protocol === 'https:' &&
    to.username === '' &&
    to.password === '' &&
    to.port === '' &&
    allowedDomains.includes(to.hostname)
  );
}

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

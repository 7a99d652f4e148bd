import Bowser from 'bowser';

/** "Firefox on Linux" out of what the browser says of itself; null = nothing we know. Shown to its owner, and never a ground to trust anybody. */
export function deviceName(userAgent: string | null): string | null {
  if (!userAgent) return null;
  const { browser, os } = Bowser.parse(userAgent);
  if (!browser.name) return os.name ?? null;
  return os.name ? `${browser.name} on ${os.name}` : browser.name;
}

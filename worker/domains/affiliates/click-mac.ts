import type { Mac } from '#shared/rules/click-id.ts';
import { fromBase64, hmacSha256 } from '../../kernel/bytes.ts';
import type { Ports } from '../../kernel/context.ts';

/** The keyed hash of our click ids. One key for all organizations: the link id inside says whose the click is. */
export function clickMac(ports: Pick<Ports, 'settings'>): Mac {
  const key = fromBase64(ports.settings.CLICK_KEY);
  return (message) => hmacSha256(key, new Uint8Array(message));
}

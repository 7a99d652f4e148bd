import { fromBase64, hmacSha256, sameBytes, toBase64Url, utf8 } from './bytes.ts';
import type { Ports } from './context.ts';

/** What an address of ours proves by itself, so that nobody has to sign in to open it. */
export type LinkPurpose = 'export-file' | 'digest-off' | 'platform-deletion';

/** The signature of such an address: it holds for this purpose and these words only. */
export async function signLink({ settings }: Pick<Ports, 'settings'>, purpose: LinkPurpose, ...words: string[]): Promise<string> {
  const key = await hmacSha256(fromBase64(settings.CLICK_KEY), `inlay/link/${purpose}`);
  return toBase64Url(await hmacSha256(key, JSON.stringify(words)));
}

export async function isSignedLink(
  ports: Pick<Ports, 'settings'>,
  mac: string,
  purpose: LinkPurpose,
  ...words: string[]
): Promise<boolean> {
  return sameBytes(utf8(mac), utf8(await signLink(ports, purpose, ...words)));
}

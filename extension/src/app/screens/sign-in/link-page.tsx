import { go } from '../../router.ts';
import type { WebTransport } from '../../session/web-transport.ts';
import { ConfirmPage } from './confirm-page.tsx';
import { EmailChangePage } from './email-change-page.tsx';
import { JoinPage } from './join-page.tsx';
import { MagicLinkPage } from './magic-link-page.tsx';
import { ResetPage } from './reset-page.tsx';

const PAGES = ['/confirm', '/sign-in/link', '/reset', '/email-change', '/join'] as const;
export type LinkPath = (typeof PAGES)[number];

export const linkPathOf = (path: string): LinkPath | null => PAGES.find((one) => one === path) ?? null;

/**
 * Pages that mails lead to, for whoever opens them, signed in or not. The secret stands behind '#' and is used by a press only: scanners
 * that open links use up nothing. Another secret is another page, even when it is pasted into the same one.
 */
export function LinkPage({ transport, path }: { transport: WebTransport; path: LinkPath }) {
  const token = location.hash.slice(1);
  const toStart = () => go('/', { replace: true });
  if (path === '/confirm') return <ConfirmPage key={token} transport={transport} token={token} onDone={toStart} />;
  if (path === '/sign-in/link') return <MagicLinkPage key={token} transport={transport} token={token} onDone={toStart} />;
  if (path === '/reset') return <ResetPage key={token} transport={transport} token={token} />;
  if (path === '/email-change') return <EmailChangePage key={token} transport={transport} token={token} />;
  return <JoinPage key={token} transport={transport} token={token} onDone={toStart} />;
}

import { useEffect } from 'preact/hooks';
import { ProblemMessage } from '../ui/problem-message.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Toasts } from '../ui/toast.tsx';
import { go, place } from './router.ts';
import { Routes } from './routes.tsx';
import { LegalPage, legalPageOf } from './screens/legal/legal-page.tsx';
import { Authorize } from './screens/sign-in/authorize.tsx';
import { ExtensionSignIn } from './screens/sign-in/extension-sign-in.tsx';
import { LinkPage, linkPathOf } from './screens/sign-in/link-page.tsx';
import { SignIn } from './screens/sign-in/sign-in.tsx';
import { SignUp } from './screens/sign-in/sign-up.tsx';
import { me, session } from './session/me.ts';
import { ProofDialog } from './session/proof-dialog.tsx';
import type { WebTransport } from './session/web-transport.ts';
import { Homeless } from './shell/homeless.tsx';
import { Shell } from './shell/shell.tsx';
import { useChoices, useSession } from './use-session.ts';

/** One app, two homes. `web` is the transport that can sign in by password; null in an extension page, which signs in through a window. */
export function App({ web }: { web: WebTransport | null }) {
  const ready = useSession();
  const { path, query } = place.value;
  const linkPath = linkPathOf(path);
  const legalPage = legalPageOf(path);
  const speaks = useChoices(session.value !== undefined || legalPage !== null);
  return (
    <>
      {legalPage !== null && speaks ? (
        <LegalPage page={legalPage} query={query} />
      ) : ready.now.state === 'failed' && session.value === undefined ? (
        <main class="page">
          <ProblemMessage error={ready.now.error} onRetry={ready.reload} />
        </main>
      ) : session.value === undefined || !speaks ? (
        <main class="page">
          <Skeleton kind="figures" rows={4} />
        </main>
      ) : web !== null && linkPath !== null ? (
        <LinkPage key={linkPath} transport={web} path={linkPath} />
      ) : session.value === null ? (
        <Outside web={web} path={path} query={query} />
      ) : (
        <Inside path={path} query={query} />
      )}
      <ProofDialog />
      <Toasts />
    </>
  );
}

function Outside({ web, path, query }: { web: WebTransport | null; path: string; query: URLSearchParams }) {
  if (web === null) return <ExtensionSignIn />;
  if (path === '/sign-up') return <SignUp transport={web} next={query.get('next')} />;
  return <SignIn transport={web} next={query.get('next')} />;
}

function Inside({ path, query }: { path: string; query: URLSearchParams }) {
  const arriving = path === '/sign-in' || path === '/sign-up';
  useEffect(() => {
    if (arriving) go(insideOnly(query.get('next')), { replace: true });
  }, [arriving]);
  const organization = me().organization?.id;
  if (arriving) return null;
  if (organization === undefined) return <Homeless path={path} />;
  if (path === '/authorize') return <Authorize query={query} />;
  // Another organization is another app: nothing that was read for the one before stays on the screen.
  return (
    <Shell key={organization}>
      <Routes path={path} />
    </Shell>
  );
}

/** Where to go after sign-in: a path of ours, never another site ("//evil" is one). */
function insideOnly(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : '/';
}

import { useEffect } from 'preact/hooks';
import { ProblemMessage } from '../ui/problem-message.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Toasts } from '../ui/toast.tsx';
import { go, place } from './router.ts';
import { Routes } from './routes.tsx';
import { Authorize } from './screens/sign-in/authorize.tsx';
import { ExtensionSignIn } from './screens/sign-in/extension-sign-in.tsx';
import { SignIn } from './screens/sign-in/sign-in.tsx';
import { SignUp } from './screens/sign-in/sign-up.tsx';
import { session } from './session/me.ts';
import type { WebTransport } from './session/web-transport.ts';
import { Shell } from './shell/shell.tsx';
import { useChoices, useSession } from './use-session.ts';

/** One app, two homes. `web` is the transport that can sign in by password; null in an extension page, which signs in through a window. */
export function App({ web }: { web: WebTransport | null }) {
  const ready = useSession();
  const { path, query } = place.value;
  useChoices();
  return (
    <>
      {ready.now.state === 'failed' && session.value === undefined ? (
        <main class="page">
          <ProblemMessage error={ready.now.error} onRetry={ready.reload} />
        </main>
      ) : session.value === undefined ? (
        <main class="page">
          <Skeleton kind="figures" rows={4} />
        </main>
      ) : session.value === null ? (
        <Outside web={web} path={path} query={query} />
      ) : (
        <Inside path={path} query={query} />
      )}
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
  if (path === '/authorize') return <Authorize query={query} />;
  return arriving ? null : (
    <Shell>
      <Routes path={path} />
    </Shell>
  );
}

/** Where to go after sign-in: a path of ours, never another site ("//evil" is one). */
function insideOnly(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : '/';
}

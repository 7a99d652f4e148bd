import { readPlatformDeletion } from '#shared/contracts/privacy.ts';
import { ApiError } from '#shared/api-client/create-api-client.ts';
import { fmt } from '../../../ui/i18n.ts';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useTransport } from '../../transport-context.ts';
import { useLoad } from '../../use-load.ts';
import type { LegalText } from './legal-text.ts';

/** How far a deletion asked for at a platform is, for who holds its code. */
export function DeletionStatus({ text, code }: { text: LegalText['deletion']; code: string | null }) {
  const transport = useTransport();
  const load = useLoad(code ?? '', async () => (code === null ? null : transport.call(readPlatformDeletion, { params: { code } })));
  const { now } = load;
  const isUnknown = now.state === 'failed' ? now.error instanceof ApiError && now.error.problem.code === 'not_found' : now.data === null;
  return (
    <article class="stack-3">
      <header class="page-head">
        <h1>{text.title}</h1>
      </header>
      <div aria-live="polite">
        {now.state === 'loading' ? (
          <Skeleton kind="figures" rows={1} />
        ) : isUnknown ? (
          <p>{text.unknown}</p>
        ) : now.state === 'failed' ? (
          <ProblemMessage error={now.error} onRetry={load.reload} />
        ) : now.data?.doneAt ? (
          <p class="strong">{text.done(fmt().day(now.data.doneAt))}</p>
        ) : (
          <p class="strong">{text.received(fmt().day(now.data?.receivedAt ?? null))}</p>
        )}
      </div>
      <p class="soft">{text.what}</p>
    </article>
  );
}

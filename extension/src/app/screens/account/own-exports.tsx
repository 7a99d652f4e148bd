import * as contracts from '#shared/contracts/privacy.ts';
import { Button } from '../../../ui/button.tsx';
import { fmt, t } from '../../../ui/i18n.ts';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { ExportState } from '../../export-state.tsx';
import { useProof } from '../../session/proof.ts';
import { useTransport } from '../../transport-context.ts';
import { useExportNews } from '../../use-export-news.ts';
import { useAction, useLoad } from '../../use-load.ts';

/** A copy of everything that is kept about the person, made on request. */
export function OwnExports() {
  const transport = useTransport();
  const withProof = useProof();
  const { now, reload } = useLoad('own-exports', (signal) => transport.call(contracts.listAccountExports, { signal }));
  const make = useAction(async () => {
    await withProof(() => transport.call(contracts.exportAccount, {}));
    reload();
  });
  const rows = now.data?.exports ?? [];
  useExportNews(rows, reload);
  return (
    <section class="card stack-3">
      <div class="stack-1">
        <h2>{t('ownData.title')}</h2>
        <p class="small soft">{t('ownData.note')}</p>
      </div>
      {now.state === 'failed' && <ProblemMessage error={now.error} onRetry={reload} />}
      {now.data === null && now.state === 'loading' && <Skeleton kind="text" rows={2} />}
      {rows.length > 0 && (
        <ul class="lines">
          {rows.map((one) => (
            <li key={one.id}>
              <span class="grow">
                {fmt().instant(one.createdAt)}
                {one.bytes !== null && <span class="faint"> · {fmt().bytes(one.bytes)}</span>}
                {one.state === 'ready' && one.expiresAt !== null && (
                  <span class="faint"> · {t('ownData.until', { time: fmt().instant(one.expiresAt) })}</span>
                )}
              </span>
              <ExportState state={one.state} />
              {one.state === 'ready' && one.url !== null && (
                <a href={one.url} download>
                  {t('ownData.download')}
                </a>
              )}
            </li>
          ))}
        </ul>
      )}
      {make.error !== null && <ProblemMessage error={make.error} />}
      <div>
        <Button icon="download" busy={make.busy} onClick={make.run} data-testid="export-account">
          {t('ownData.make')}
        </Button>
      </div>
    </section>
  );
}

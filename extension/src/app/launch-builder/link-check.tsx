import { useState } from 'preact/hooks';
import type { CheckedLink } from '#shared/contracts/launches.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { t } from '../../ui/i18n.ts';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { useTransport } from '../transport-context.ts';
import { useLoad } from '../use-load.ts';
import { checkLandingPages, MOST_PAGES, type CheckedPage } from './check-landing-pages.ts';
import { findingTitle } from './finding-text.ts';
import { landingPagesOf } from './landing-pages.ts';
import type { MadePlan } from './make-plan.ts';

/** Each landing page, opened by us as a click on an ad would: a check beside the platform's and our own, merged with neither. */
export function LinkCheck({ made, draftKey }: { made: MadePlan; draftKey: string }) {
  const transport = useTransport();
  const [turn, setTurn] = useState(0);
  const pages = landingPagesOf(made.plan, made.expanded);
  const { now, reload } = useLoad(`links ${draftKey} ${turn}`, (signal) =>
    checkLandingPages(transport, made.plan.platform, pages, turn > 0, signal),
  );
  if (pages.length === 0) return null;
  return (
    <section class="card stack-3" data-testid="link-check" data-state={now.state}>
      <div class="row-2 spread">
        <div>
          <h2 class="strong">{t('links.title')}</h2>
          <p class="small faint">{t('links.hint')}</p>
        </div>
        <Button onClick={() => setTurn((n) => n + 1)} disabled={now.state === 'loading'}>
          {t('links.again')}
        </Button>
      </div>
      {now.state === 'failed' && <ProblemMessage error={now.error} safe={t('approve.nothingCreated')} onRetry={reload} />}
      {now.state === 'loading' && (
        <p class="small faint row-2">
          <span class="spinner" aria-hidden="true" />
          {t('links.running', { count: Math.min(pages.length, MOST_PAGES) })}
        </p>
      )}
      {now.state === 'ready' && (
        <ul class="stack-3">
          {now.data.map((page) => (
            <OnePage key={page.url} page={page} />
          ))}
        </ul>
      )}
      {pages.length > MOST_PAGES && <p class="small faint">{t('links.more', { count: pages.length - MOST_PAGES })}</p>}
    </section>
  );
}

function OnePage({ page }: { page: CheckedPage }) {
  const { found } = page;
  return (
    <li class="link-check">
      <Verdict found={found} />
      <div class="stack-1">
        <p>
          <bdi class="wrap-code" dir="ltr">
            {page.url}
          </bdi>{' '}
          <span class="small faint">{t('count.ad', { count: page.ads })}</span>
        </p>
        {found.redirects > 0 && found.status !== null && (
          <p class="small faint">
            {t('links.endsAt')}{' '}
            <bdi class="wrap-code" dir="ltr">
              {found.finalUrl}
            </bdi>
          </p>
        )}
        {found.findings.map((one) => (
          <p key={one.code} class="small">
            {findingTitle(one.code) !== null && <strong>{findingTitle(one.code)} · </strong>}
            <bdi lang="en">
              {one.message} <span class="soft">{one.fix}</span>
            </bdi>
          </p>
        ))}
      </div>
    </li>
  );
}

function Verdict({ found }: { found: CheckedLink }) {
  const worst = (['error', 'warning', 'hint'] as const).find((severity) => found.findings.some((one) => one.severity === severity));
  switch (worst) {
    case 'error':
      return (
        <Chip tone="poor" icon="error">
          {t('links.poor')}
        </Chip>
      );
    case 'warning':
      return (
        <Chip tone="fair" icon="warning">
          {t('severity.warning')}
        </Chip>
      );
    case 'hint':
      return (
        <Chip tone="neutral" icon="info">
          {t('links.hintChip')}
        </Chip>
      );
    case undefined:
      return (
        <Chip tone="good" icon="check">
          {t('links.good')}
        </Chip>
      );
  }
}

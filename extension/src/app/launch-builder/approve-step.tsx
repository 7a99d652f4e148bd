import type { AdAccount } from '#shared/contracts/connections.ts';
import { Button } from '../../ui/button.tsx';
import { currentLocale, t } from '../../ui/i18n.ts';
import { ProblemMessage } from '../../ui/problem-message.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ApproveLaunch } from '../launch-progress/approve-launch.tsx';
import type { EffectLine } from '../launch-progress/effect.tsx';
import { useLaunch } from '../launch-progress/use-launch.ts';
import { may } from '../session/me.ts';
import type { MadePlan } from './make-plan.ts';
import { targetsOf } from './targets-of.ts';
import { useAccountPages } from './use-account-pages.ts';

export function ApproveStep({
  launchId,
  account,
  made,
  onBack,
  onApproved,
}: {
  launchId: string;
  account: AdAccount;
  made: MadePlan;
  onBack: () => void;
  onApproved: (launchId: string) => void;
}) {
  const { now, reload } = useLaunch(launchId);
  const targets = useTargetLines(account, made);
  if (now.data === null) return now.state === 'failed' ? <ProblemMessage error={now.error} onRetry={reload} /> : <Skeleton rows={4} />;
  return (
    <div class="stack-4">
      <section class="card">
        {may('launches:approve') ? (
          <ApproveLaunch launch={now.data} targets={targets} onChanged={(launch) => onApproved(launch.id)} checkable={false} />
        ) : (
          <p>{t('approve.notAllowed')}</p>
        )}
      </section>
      <div>
        <Button onClick={onBack}>{t('back')}</Button>
      </div>
    </div>
  );
}

/** Where the ads run, from when, who speaks in them and where they lead: what a person approves besides the amount. */
function useTargetLines(account: AdAccount, made: MadePlan): EffectLine[] {
  const pages = useAccountPages(account).data ?? [];
  const { countries, links, startTime, pageId } = targetsOf(made.expanded);
  const names = new Intl.DisplayNames(currentLocale(), { type: 'region' });
  const at = new Intl.DateTimeFormat(currentLocale(), { dateStyle: 'medium', timeStyle: 'short', timeZone: account.timezone });
  return [
    [t('setting.countries'), countries.map((code) => names.of(code) ?? code).join(', ')],
    [t('effect.start'), startTime === null ? t('effect.startWhenOn') : `${at.format(new Date(startTime))} (${account.timezone})`],
    ...(pageId === ''
      ? []
      : [
          [
            t(`builder.page.${account.platform}`),
            <bdi key="page">{pages.find((page) => page.id === pageId)?.name ?? pageId}</bdi>,
          ] satisfies EffectLine,
        ]),
    [
      t('setting.link'),
      <span key="links" class="stack-1">
        {links.length === 0
          ? '—'
          : links.map((link) => (
              <bdi key={link} class="wrap" dir="ltr">
                {link}
              </bdi>
            ))}
      </span>,
    ],
  ];
}

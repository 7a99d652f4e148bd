import * as contracts from '#shared/contracts/privacy.ts';
import { CheckField } from '../../../ui/field.tsx';
import { t } from '../../../ui/i18n.ts';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { home } from '../../session/me.ts';
import { useTransport } from '../../transport-context.ts';
import { useAction, useLoad } from '../../use-load.ts';

/** The organization's week by mail; each organization asks for itself. */
export function WeeklyMail() {
  const transport = useTransport();
  const { now, reload, set } = useLoad('weekly-mail', (signal) => transport.call(contracts.readDigest, { signal }));
  const change = useAction(async (weekly: boolean) => set(await transport.call(contracts.switchDigest, { body: { weekly } })));
  return (
    <section class="card stack-3">
      <div class="stack-1">
        <h2>{t('weekly.title')}</h2>
        <p class="small soft">{t('weekly.note', { organization: home().name })}</p>
      </div>
      {now.state === 'failed' && <ProblemMessage error={now.error} onRetry={reload} />}
      {now.data !== null && (
        <CheckField
          label={t('weekly.send')}
          checked={now.data.weekly}
          onCheck={(weekly) => void change.run(weekly)}
          data-testid="weekly-mail"
        />
      )}
      {change.error !== null && <ProblemMessage error={change.error} safe={t('nothingSaved')} />}
    </section>
  );
}

import * as contracts from '#shared/contracts/account.ts';
import { t } from '../../../ui/i18n.ts';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { PageHead } from '../../shell/page-head.tsx';
import { useTransport } from '../../transport-context.ts';
import { may, me } from '../../session/me.ts';
import { useLoad } from '../../use-load.ts';
import { Consents } from './consents.tsx';
import { DeleteAccount } from './delete-account.tsx';
import { EmailForm } from './email-form.tsx';
import { GoogleLink } from './google-link.tsx';
import { OwnExports } from './own-exports.tsx';
import { PasswordForm } from './password-form.tsx';
import { ProfileForm } from './profile-form.tsx';
import { WeeklyMail } from './weekly-mail.tsx';

/** The person's own account: nothing here belongs to an organization. */
export function Account() {
  const transport = useTransport();
  const { now, reload, set } = useLoad('account', (signal) => transport.call(contracts.getAccount, { signal }));
  return (
    <>
      <PageHead title={t('account.title')} />
      {now.state === 'failed' && <ProblemMessage error={now.error} onRetry={reload} />}
      {now.data === null ? (
        now.state === 'loading' && <Skeleton kind="text" rows={8} />
      ) : (
        <div class="stack-6 narrow">
          <ProfileForm account={now.data} onSaved={set} />
          <EmailForm account={now.data} onAsked={reload} />
          <PasswordForm account={now.data} onSaved={reload} />
          <GoogleLink account={now.data} onChanged={reload} />
          {me().organization !== null && me().role !== 'support' && may('insights:read') && <WeeklyMail />}
          <Consents account={now.data} onGiven={reload} />
          <OwnExports />
          <DeleteAccount account={now.data} onChanged={reload} />
        </div>
      )}
    </>
  );
}

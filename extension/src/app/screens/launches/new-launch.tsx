import { t } from '../../../ui/i18n.ts';
import { LaunchBuilder } from '../../launch-builder/launch-builder.tsx';
import { go } from '../../router.ts';
import { AccountPicker, WithAccount } from '../../shell/account-scope.tsx';
import { PageHead } from '../../shell/page-head.tsx';

export function NewLaunch() {
  return (
    <WithAccount>
      {(account) => (
        <>
          <PageHead title={t('launch.new')}>
            <AccountPicker />
          </PageHead>
          <LaunchBuilder account={account} onLaunched={(id) => go(`/launches/${id}`)} />
        </>
      )}
    </WithAccount>
  );
}

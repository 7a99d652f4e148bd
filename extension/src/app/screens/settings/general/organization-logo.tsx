import * as identity from '#shared/contracts/identity.ts';
import * as organizations from '#shared/contracts/organizations.ts';
import { t } from '../../../../ui/i18n.ts';
import { home, may, session } from '../../../session/me.ts';
import { useTransport } from '../../../transport-context.ts';
import { LogoField } from '../parts/logo-field.tsx';

/** The organization's own logo, as its people see it in the app. */
export function OrganizationLogo() {
  const transport = useTransport();
  const { logo, name } = home();
  return (
    <section class="card stack-3">
      <h2>{t('general.logo')}</h2>
      <LogoField
        at={organizations.organizationLogoPath}
        current={logo}
        name={name}
        readOnly={!may('organization:write')}
        remove={async () => {
          await transport.call(organizations.removeOrganizationLogo, {});
        }}
        onChanged={async () => {
          session.value = await transport.call(identity.getMe, {});
        }}
      />
    </section>
  );
}

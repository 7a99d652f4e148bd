import { t } from '../../../ui/i18n.ts';
import { PageHead } from '../../shell/page-head.tsx';
import { may } from '../../session/me.ts';
import { BrowserForm } from './browser-form.tsx';
import { EmbedKeys } from './embed-keys.tsx';
import { OrganizationForm } from './organization-form.tsx';

export function Settings() {
  return (
    <>
      <PageHead title={t('nav.settings')} />
      <div class="stack-6" style={{ maxInlineSize: '880px' }}>
        <OrganizationForm />
        <BrowserForm />
        {may('embeds:read') && <EmbedKeys />}
      </div>
    </>
  );
}

import * as contracts from '#shared/contracts/privacy.ts';
import { LEGAL_VERSIONS } from '#shared/rules/legal-documents.ts';
import type { Transport } from '../../../messaging/transport.ts';
import { t } from '../../../ui/i18n.ts';
import { href } from '../../router.ts';

/** What the button beside it agrees to. */
export function LegalNote() {
  return (
    <p class="small faint">
      {t('consents.byPressing')}{' '}
      <a href={href('/legal/terms')} target="_blank" rel="noopener">
        {t('consents.terms')}
      </a>{' '}
      ·{' '}
      <a href={href('/legal/privacy')} target="_blank" rel="noopener">
        {t('consents.privacy')}
      </a>
    </p>
  );
}

/** Puts on record what was agreed to by the press that opened the account. */
export async function agreeToAll(transport: Transport): Promise<void> {
  await transport.call(contracts.giveConsent, { body: { document: 'terms', version: LEGAL_VERSIONS.terms } });
  await transport.call(contracts.giveConsent, { body: { document: 'privacy', version: LEGAL_VERSIONS.privacy } });
}

import type { Account } from '#shared/contracts/account.ts';
import * as contracts from '#shared/contracts/privacy.ts';
import { LEGAL_VERSIONS } from '#shared/rules/legal-documents.ts';
import { Button } from '../../../ui/button.tsx';
import { fmt, t } from '../../../ui/i18n.ts';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { href } from '../../router.ts';
import { useTransport } from '../../transport-context.ts';
import { useAction } from '../../use-load.ts';

type Document = Account['consents'][number]['document'];
const DOCUMENTS: readonly Document[] = ['terms', 'privacy'];

/** Which version of each document the person agreed to, and when; a version that is newer is asked for. */
export function Consents({ account, onGiven }: { account: Account; onGiven: () => void }) {
  return (
    <section class="card stack-3">
      <h2>{t('consents.title')}</h2>
      <ul class="lines">
        {DOCUMENTS.map((document) => (
          <Line key={document} document={document} account={account} onGiven={onGiven} />
        ))}
      </ul>
    </section>
  );
}

function Line({ document, account, onGiven }: { document: Document; account: Account; onGiven: () => void }) {
  const transport = useTransport();
  const version = LEGAL_VERSIONS[document];
  const given = account.consents.filter((one) => one.document === document);
  const current = given.find((one) => one.version === version);
  const agree = useAction(async () => {
    await transport.call(contracts.giveConsent, { body: { document, version } });
    onGiven();
  });
  const shown = current ?? given[0];
  return (
    <li>
      <div class="stack-1 grow">
        <a href={href(`/legal/${document}`)}>{t(`consents.${document}`)}</a>
        <span class="small faint">
          {shown === undefined ? t('consents.none') : t('consents.given', { version: shown.version, day: fmt().day(shown.at) })}
        </span>
        {agree.error !== null && <ProblemMessage error={agree.error} />}
      </div>
      {current === undefined && (
        <Button busy={agree.busy} onClick={agree.run}>
          {t('consents.agree', { version })}
        </Button>
      )}
    </li>
  );
}

import type { Account } from '#shared/contracts/account.ts';
import { fmt, t } from '../../../ui/i18n.ts';
import { href } from '../../router.ts';

/** Which versions of the documents the person agreed to, and when. */
export function Consents({ account }: { account: Account }) {
  return (
    <section class="card stack-3">
      <h2>{t('consents.title')}</h2>
      {account.consents.length === 0 ? (
        <p class="small soft">{t('consents.none')}</p>
      ) : (
        <dl class="facts">
          {account.consents.map(({ document, version, at }) => (
            <div key={document + version}>
              <dt>
                <a href={href(`/legal/${document}`)}>{t(`consents.${document}`)}</a>
              </dt>
              <dd>{t('consents.given', { version, day: fmt().day(at) })}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

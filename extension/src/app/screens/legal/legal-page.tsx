import { useEffect } from 'preact/hooks';
import { LEGAL_VERSIONS } from '#shared/rules/legal-documents.ts';
import type { Locale } from '#shared/messages/locales.ts';
import { currentLocale, t } from '../../../ui/i18n.ts';
import { ProblemMessage } from '../../../ui/problem-message.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { href } from '../../router.ts';
import { useLoad } from '../../use-load.ts';
import { DeletionStatus } from './deletion-status.tsx';
import type { LegalDocument, LegalText } from './legal-text.ts';

const PAGES = ['terms', 'privacy', 'deletion'] as const;
export type LegalPageId = (typeof PAGES)[number];
export const legalPageOf = (path: string): LegalPageId | null => PAGES.find((one) => path === `/legal/${one}`) ?? null;

/** Loaded by who reads them: nobody else needs this much text. */
const TEXTS: Record<Locale, () => Promise<{ legalText: LegalText }>> = {
  en: () => import('./legal-text.en.ts'),
  fr: () => import('./legal-text.fr.ts'),
  ar: () => import('./legal-text.ar.ts'),
};

/** Terms, privacy notice and the state of a deletion, for everybody, signed in or not. */
export function LegalPage({ page, query }: { page: LegalPageId; query: URLSearchParams }) {
  const locale = currentLocale();
  const text = useLoad(locale, async () => (await TEXTS[locale]()).legalText);
  const title = text.now.data?.[page].title;
  useEffect(() => {
    if (title !== undefined) document.title = `${title} · ${t('app.name')}`;
  }, [title]);
  return (
    <main class="page legal" id="main" tabIndex={-1}>
      {text.now.state === 'failed' ? (
        <ProblemMessage error={text.now.error} onRetry={text.reload} />
      ) : text.now.data === null ? (
        <Skeleton kind="figures" rows={4} />
      ) : page === 'deletion' ? (
        <DeletionStatus text={text.now.data.deletion} code={query.get('code')} />
      ) : (
        <Document document={text.now.data[page]} version={text.now.data.version(LEGAL_VERSIONS[page])} note={text.now.data.templateNote} />
      )}
      {text.now.data !== null && (
        <p class="small">
          <a href={href('/')}>{text.now.data.back}</a>
        </p>
      )}
    </main>
  );
}

function Document({ document, version, note }: { document: LegalDocument; version: string; note: string }) {
  return (
    <article class="stack-3">
      <header class="page-head">
        <h1>{document.title}</h1>
        <p class="page-note">{version}</p>
      </header>
      <p class="card strong" role="note">
        {note}
      </p>
      {document.sections.map(({ heading, paragraphs }) => (
        <section key={heading} class="stack-2">
          <h2>{heading}</h2>
          {paragraphs.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </section>
      ))}
    </article>
  );
}

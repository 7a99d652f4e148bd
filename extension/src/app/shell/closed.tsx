import { EmptyState } from '../../ui/empty-state.tsx';
import { t, type AppMessageKey } from '../../ui/i18n.ts';
import { PageHead } from './page-head.tsx';

/** A screen that the person's role does not open, for whoever came by its address. */
export function Closed({ title }: { title: AppMessageKey }) {
  return (
    <>
      <PageHead title={t(title)} />
      <EmptyState icon="info" title={t('section.closed')} text={t('section.closedText')} />
    </>
  );
}

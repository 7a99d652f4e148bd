import { t } from '../../../../ui/i18n.ts';
import { PageHead } from '../../../shell/page-head.tsx';
import { DeleteOrganization } from './delete-organization.tsx';
import { Exports } from './exports.tsx';

/** A copy of everything, and the end of everything. */
export function Data() {
  return (
    <>
      <PageHead title={t('section.data')} />
      <div class="stack-4">
        <Exports />
        <DeleteOrganization />
      </div>
    </>
  );
}

import { useState } from 'preact/hooks';
import * as launches from '#shared/contracts/launches.ts';
import type { LaunchItem, LaunchSummary } from '#shared/contracts/launches.ts';
import type { BodyInput } from '#shared/contracts/define-contract.ts';
import { CALLS_TO_ACTION } from '#shared/rules/ad-platforms/platform-rules.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { t, wordOf } from '../../ui/i18n.ts';
import { FormDialog } from '../form-dialog.tsx';
import { may } from '../session/me.ts';
import { useProof } from '../session/proof.ts';
import { useTransport } from '../transport-context.ts';
import { useAction } from '../use-load.ts';
import { changesOf, textsOf } from './correction-texts.ts';

/** A refused row's values, to be put right where they stand. */
export function CorrectRow({ launch, item }: { launch: LaunchSummary; item: LaunchItem }) {
  const [asking, setAsking] = useState(false);
  if (launch.state !== 'needs_attention' || item.correctable.length === 0 || !may('launches:write')) return null;
  return (
    <div>
      <Button look="primary" onClick={() => setAsking(true)} data-testid="correct-row">
        {t('correct.do')}
      </Button>
      {asking && <CorrectForm launch={launch} item={item} onClose={() => setAsking(false)} />}
    </div>
  );
}

function CorrectForm({ launch, item, onClose }: { launch: LaunchSummary; item: LaunchItem; onClose: () => void }) {
  const transport = useTransport();
  const withProof = useProof();
  const [texts, setTexts] = useState(() => textsOf(item.correctable, launch.currency));
  const changes = changesOf(item.correctable, texts, launch.currency);
  const save = useAction(async () => {
    if (changes === null) return;
    const body = { planHash: launch.planHash, changes: changes as BodyInput<typeof launches.correctItem>['changes'] };
    await withProof(() => transport.call(launches.correctItem, { params: { id: launch.id, itemId: item.id }, body }));
    onClose();
  });
  return (
    <FormDialog
      title={t('correct.title')}
      submit={launch.approval.needsSecondPerson ? t('correct.save') : t('correct.send')}
      action={save}
      safe={t('correct.nothing')}
      onClose={onClose}
      lacking={changes === null || Object.keys(changes).length === 0}
      data-testid="correct-submit"
    >
      {item.error !== null && (
        <p class="strong">
          <bdi>{item.error.message}</bdi>
        </p>
      )}
      <p class="small soft">{launch.approval.needsSecondPerson ? t('correct.noteSecond') : t('correct.note')}</p>
      {item.correctable.map(({ field }, i) =>
        field === 'callToAction' ? (
          <SelectField
            key={field}
            label={wordOf('correctField', field)}
            options={CALLS_TO_ACTION.map((word) => ({ value: word as string, label: wordOf('cta', word) }))}
            value={texts[field] ?? ''}
            onPick={(value) => setTexts((was) => ({ ...was, [field]: value }))}
          />
        ) : (
          <TextField
            key={field}
            label={wordOf('correctField', field)}
            takesFocus={i === 0}
            value={texts[field] ?? ''}
            onText={(value) => setTexts((was) => ({ ...was, [field]: value }))}
            data-testid={`correct-${field}`}
          />
        ),
      )}
    </FormDialog>
  );
}

import { useId, useState } from 'preact/hooks';
import { RATIOS } from '#shared/rules/launch-plan.ts';
import { keyFromName } from '#shared/rules/keys.ts';
import { Button } from '../../../ui/button.tsx';
import { SmallSelect, TextField } from '../../../ui/field.tsx';
import { t } from '../../../ui/i18n.ts';
import type { MediaDeed } from './media-board.ts';

interface Props {
  count: number;
  concepts: readonly string[];
  onDeed: (deed: MediaDeed) => void;
  onRemove: () => void;
  onClear: () => void;
}

/** What can be done with the chosen files. A concept that is not there yet is made by its name: that splits a group. */
export function MediaActions({ count, concepts, onDeed, onRemove, onClear }: Props) {
  const [concept, setConcept] = useState('');
  const [variant, setVariant] = useState('');
  const list = useId();
  const nothing = count === 0;
  return (
    <form
      class="media-actions card"
      aria-label={t('media.actions')}
      onSubmit={(event) => {
        event.preventDefault();
        if (nothing || keyFromName(concept) === '') return;
        onDeed({ type: 'move', concept, ...(variant.trim() === '' ? {} : { variant }) });
      }}
    >
      <span class="strong" role="status">
        {t('media.chosen', { count })}
      </span>
      <TextField label={t('media.moveTo')} list={list} value={concept} onText={setConcept} />
      <datalist id={list}>
        {concepts.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <TextField label={t('media.variant')} value={variant} onText={setVariant} />
      <div class="row-2">
        <Button type="submit" look="primary" disabled={nothing || keyFromName(concept) === ''}>
          {t('media.move')}
        </Button>
        <Button disabled={nothing || variant.trim() === ''} onClick={() => onDeed({ type: 'variant', variant })}>
          {t('media.setVariant')}
        </Button>
        <SmallSelect
          label={t('media.setRatio')}
          value=""
          disabled={nothing}
          onPick={(ratio) => {
            if (ratio !== '') onDeed({ type: 'ratio', ratio });
          }}
          options={[
            { value: '', label: t('media.setRatio') },
            ...RATIOS.map((ratio) => ({ value: ratio, label: ratio.replace('x', ':') })),
          ]}
        />
        <Button disabled={nothing} onClick={() => onDeed({ type: 'ignore' })}>
          {t('media.ignore')}
        </Button>
        <Button disabled={nothing} onClick={() => onDeed({ type: 'by-name' })}>
          {t('media.byName')}
        </Button>
        <Button disabled={nothing} onClick={onRemove}>
          {t('media.removeChosen')}
        </Button>
        <Button look="quiet" disabled={nothing} onClick={onClear}>
          {t('media.chooseNone')}
        </Button>
      </div>
    </form>
  );
}

import { useState } from 'preact/hooks';
import * as machines from '#shared/contracts/machines.ts';
import type { Permission } from '#shared/rules/permissions.ts';
import { Button } from '../../../../ui/button.tsx';
import { CheckField, SelectField, TextField } from '../../../../ui/field.tsx';
import { t } from '../../../../ui/i18n.ts';
import { FormDialog } from '../../../form-dialog.tsx';
import { useProof } from '../../../session/proof.ts';
import { useTransport } from '../../../transport-context.ts';
import { useAction } from '../../../use-load.ts';
import { actionWord, scopesToGive } from './scopes.ts';

const LIVES = [
  { value: '30', days: 30 },
  { value: '90', days: 90 },
  { value: '365', days: 365 },
  { value: '730', days: 730 },
  { value: 'never', days: null },
] as const;
type Life = (typeof LIVES)[number]['value'];

const lifeWord = ({ days }: (typeof LIVES)[number]): string =>
  days === null ? t('keys.never') : days % 365 === 0 ? t('keys.inYears', { count: days / 365 }) : t('keys.inDays', { count: days });

/** A name, an end, and no more scopes than the program needs. */
export function MakeKey({ onClose, onMade }: { onClose: () => void; onMade: (key: string) => void }) {
  const transport = useTransport();
  const withProof = useProof();
  const [name, setName] = useState('');
  const [life, setLife] = useState<Life>('365');
  const [scopes, setScopes] = useState<readonly Permission[]>([]);
  const groups = scopesToGive();
  const make = useAction(async () => {
    const expiresInDays = LIVES.find((one) => one.value === life)?.days ?? null;
    const { key } = await withProof(() => transport.call(machines.createApiKey, { body: { name, scopes: [...scopes], expiresInDays } }));
    onMade(key);
  });
  return (
    <FormDialog
      title={t('keys.title')}
      submit={t('keys.submit')}
      action={make}
      safe={t('keys.notMade')}
      onClose={onClose}
      lacking={scopes.length === 0}
      data-testid="key-make"
    >
      <TextField
        label={t('keys.name')}
        required
        maxLength={80}
        takesFocus
        value={name}
        onText={setName}
        hint={t('keys.nameHint')}
        data-testid="key-name"
      />
      <SelectField
        label={t('keys.expiry')}
        options={LIVES.map((one) => ({ value: one.value, label: lifeWord(one) }))}
        value={life}
        onPick={setLife}
      />
      <fieldset class="plain-fieldset stack-2">
        <legend class="small strong">{t('keys.scopes')}</legend>
        <p class="field-hint">{scopes.length === 0 ? t('keys.pickOne') : t('keys.scopesHint')}</p>
        <div class="row-1">
          <Button
            look="quiet"
            onClick={() => setScopes(groups.flatMap((group) => group.scopes).filter((scope) => scope.endsWith(':read')))}
          >
            {t('keys.readAll')}
          </Button>
          <Button look="quiet" onClick={() => setScopes([])}>
            {t('keys.clear')}
          </Button>
        </div>
        <div class="scopes">
          {groups.map((group) => (
            <div key={group.resource} role="group" aria-label={group.label} class="scope-group">
              <span class="small strong">{group.label}</span>
              {group.scopes.map((scope) => (
                <CheckField
                  key={scope}
                  label={actionWord(scope)}
                  checked={scopes.includes(scope)}
                  onCheck={(on) => setScopes(on ? [...scopes, scope] : scopes.filter((one) => one !== scope))}
                  data-testid={`scope-${scope}`}
                />
              ))}
            </div>
          ))}
        </div>
      </fieldset>
    </FormDialog>
  );
}

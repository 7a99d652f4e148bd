import type { AdAccount } from '#shared/contracts/connections.ts';
import { platformRules, type AdPlatformId } from '#shared/rules/ad-platforms/index.ts';
import type { NamingTemplates } from '#shared/rules/launch-plan.ts';
import { NAME_TOKENS, parseTemplate } from '#shared/rules/names.ts';
import type { UtmFinding } from '#shared/rules/utm.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { t } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import type { Draft, DraftSettings } from './draft.ts';
import type { NamePreview } from './name-preview.ts';
import { faultsOfRows, standardUtm, type UtmRow } from './utm-rows.ts';

const LEVELS = ['campaign', 'adSet', 'creative', 'ad'] as const satisfies (keyof NamingTemplates)[];
/** Tokens that a plan made here can fill. */
const TOKENS = NAME_TOKENS.filter((token) => token !== 'custom' && token !== 'placement');
const MOST_CHARACTERS = 500;
const COLLISIONS_SHOWN = 3;

interface Props {
  draft: Draft;
  account: AdAccount;
  /** Null until the first plan was made. */
  preview: NamePreview | null;
  collisions: readonly string[];
  onChange: (change: Partial<DraftSettings>) => void;
}

const NOTHING_YET: NamePreview = { campaign: '', adSet: '', creative: '', ad: '', link: '', isExample: true };

/** How every object is called and what its link carries, with what the templates make of the first ad. */
export function NameSettings({ draft, account, preview: known, collisions, onChange }: Props) {
  const { naming } = draft.settings;
  const utm = draft.settings.utm ?? standardUtm(account.platform);
  const levels = LEVELS.filter((level) => level !== 'creative' || platformRules(account.platform).hasCreatives);
  const preview = known ?? NOTHING_YET;
  return (
    <details class="disclosure card" data-testid="name-settings">
      <summary>
        <Icon name="chevron" size={12} />
        <strong>{t('naming.title')}</strong>
        <bdi class="small faint clip">{preview.ad}</bdi>
      </summary>
      <div class="stack-3 name-settings">
        <p class="small soft">
          {t('naming.tokens')}{' '}
          <code dir="ltr" class="wrap-code">
            {TOKENS.map((token) => (token === 'counter' ? '{counter:3}' : `{${token}}`)).join(' ')}
          </code>
        </p>
        <div class="settings-grid">
          {levels.map((level) => (
            <TextField
              key={level}
              label={t(`naming.${level}`)}
              dir="ltr"
              maxLength={MOST_CHARACTERS}
              value={naming[level]}
              onText={(template) => onChange({ naming: { ...naming, [level]: template } })}
              error={templateFault(naming[level])}
              hint={<Shown text={preview[level]} isExample={preview.isExample} />}
            />
          ))}
        </div>
        {collisions.length > 0 && (
          <p class="field-error" role="status" data-testid="name-collisions">
            {t('naming.collision', { count: collisions.length, names: collisions.slice(0, COLLISIONS_SHOWN).join(', '), token: '{ratio}' })}
          </p>
        )}
        <LinkParameters platform={account.platform} rows={utm} preview={preview} onChange={(rows) => onChange({ utm: rows })} />
      </div>
    </details>
  );
}

function LinkParameters({
  platform,
  rows,
  preview,
  onChange,
}: {
  platform: AdPlatformId;
  rows: UtmRow[];
  preview: NamePreview;
  onChange: (rows: UtmRow[] | null) => void;
}) {
  const faults = faultsOfRows(rows, platform);
  const { adId } = platformRules(platform).macros;
  const change = (at: number, part: Partial<UtmRow>) => onChange(rows.map((row, i) => (i === at ? { ...row, ...part } : row)));
  return (
    <fieldset class="stack-2 plain-fieldset">
      <legend class="strong">{t('utm.title')}</legend>
      {rows.map((row, i) => {
        const fault = faults[i] ?? null;
        const isOfKey = fault?.code === 'BAD_KEY' || fault?.code === 'DUPLICATE_KEY';
        return (
          // Rows have no identity of their own; all they hold is in the fields.
          <div key={i} class="utm-row">
            <TextField
              label={t('utm.key', { number: i + 1 })}
              dir="ltr"
              maxLength={100}
              value={row.key}
              onText={(key) => change(i, { key })}
              error={fault !== null && isOfKey ? utmFault(fault) : null}
            />
            <TextField
              label={t('utm.value', { number: i + 1 })}
              dir="ltr"
              maxLength={MOST_CHARACTERS}
              value={row.value}
              onText={(value) => change(i, { value })}
              error={fault !== null && !isOfKey ? utmFault(fault) : null}
            />
            <IconButton
              icon="close"
              label={t('utm.remove', { name: row.key || String(i + 1) })}
              onClick={() => onChange(rows.filter((_, at) => at !== i))}
            />
          </div>
        );
      })}
      {!rows.some((row) => row.value.includes(adId)) && <p class="field-hint">{t('utm.noId', { macro: adId })}</p>}
      <div class="row-2">
        <Button icon="plus" onClick={() => onChange([...rows, { key: '', value: '' }])}>
          {t('utm.add')}
        </Button>
        <Button look="quiet" onClick={() => onChange(null)}>
          {t('utm.standard')}
        </Button>
      </div>
      <p class="field-hint" data-testid="link-preview">
        {preview.link === null ? t('utm.linkTwice') : <Shown text={preview.link} isExample={preview.isExample} />}
      </p>
    </fieldset>
  );
}

function Shown({ text, isExample }: { text: string; isExample: boolean }) {
  return (
    <>
      {t(isExample ? 'naming.example' : 'naming.first')}{' '}
      <bdi dir="auto" class="wrap-code strong">
        {text === '' ? '—' : text}
      </bdi>
    </>
  );
}

function templateFault(template: string): string | null {
  const [token] = parseTemplate(template).unknown;
  if (token !== undefined) return t('naming.unknown', { token });
  return template.trim() === '' ? t('naming.empty') : null;
}

function utmFault({ code, value }: UtmFinding): string {
  switch (code) {
    case 'BAD_KEY':
      return t('utm.badKey');
    case 'DUPLICATE_KEY':
      return t('utm.twice');
    case 'UNKNOWN_MACRO':
      return t('utm.unknownMacro', { macro: value });
    default:
      return t('naming.unknown', { token: value });
  }
}

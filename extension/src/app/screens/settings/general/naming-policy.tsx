import type { OrganizationOfMe } from '#shared/contracts/identity.ts';
import { dayOf } from '#shared/rules/day-of.ts';
import { platformRules } from '#shared/rules/ad-platforms/index.ts';
import { fillName, NAME_TOKENS, parseTemplate, type NameValues } from '#shared/rules/names.ts';
import { CheckField, TextField } from '../../../../ui/field.tsx';
import { t } from '../../../../ui/i18n.ts';

export type Policy = NonNullable<OrganizationOfMe['namingPolicy']>;
const LEVELS = ['campaign', 'adSet', 'ad'] as const satisfies (keyof Policy)[];
const TOKENS = NAME_TOKENS.filter((token) => token !== 'custom' && token !== 'placement');
const FIRST: Policy = { campaign: '{campaign}', adSet: '{adset}', ad: '{concept} | {ratio}' };

/** Names of campaigns, ad sets and ads, each with what it makes of a made-up launch. */
export function NamingPolicy({
  policy,
  onChange,
  readOnly,
  timezone,
}: {
  policy: Policy | null;
  onChange: (policy: Policy | null) => void;
  readOnly: boolean;
  timezone: string;
}) {
  return (
    <section class="card stack-3">
      <div class="stack-1">
        <h2>{t('naming.policy')}</h2>
        <p class="small soft">{t(policy === null ? 'naming.off' : 'naming.policyNote')}</p>
      </div>
      {!readOnly && <CheckField label={t('naming.use')} checked={policy !== null} onCheck={(on) => onChange(on ? FIRST : null)} />}
      {policy !== null && (
        <>
          <p class="small soft">
            {t('naming.tokens')}{' '}
            <code dir="ltr" class="wrap-code">
              {TOKENS.map((token) => (token === 'counter' ? '{counter:3}' : `{${token}}`)).join(' ')}
            </code>
          </p>
          <div class="grid-2">
            {LEVELS.map((level) => (
              <TextField
                key={level}
                label={t(`naming.${level}`)}
                dir="ltr"
                required
                maxLength={400}
                disabled={readOnly}
                value={policy[level]}
                onText={(template) => onChange({ ...policy, [level]: template })}
                error={templateFault(policy[level])}
                hint={<Becomes template={policy[level]} level={level} timezone={timezone} />}
              />
            ))}
          </div>
        </>
      )}
    </section>
  );
}

function Becomes({ template, level, timezone }: { template: string; level: keyof Policy; timezone: string }) {
  const parsed = parseTemplate(template);
  const name =
    parsed.unknown.length > 0 ? '' : fillName(parsed, exampleAt(dayOf(Date.now(), timezone)), platformRules('meta').names[level]).name;
  return (
    <>
      {t('naming.becomes')}{' '}
      <bdi dir="auto" class="wrap-code strong">
        {name === '' ? '—' : name}
      </bdi>
    </>
  );
}

export const policyFault = (policy: Policy): boolean => LEVELS.some((level) => templateFault(policy[level]) !== null);

function templateFault(template: string): string | null {
  const [token] = parseTemplate(template).unknown;
  if (token !== undefined) return t('naming.unknown', { token });
  return template.trim() === '' ? t('naming.empty') : null;
}

const exampleAt = (date: string): NameValues => ({
  campaign: 'Spring',
  adset: 'Broad',
  concept: 'Concept 01',
  variant: 'A',
  hook: 'Question',
  ratio: '1x1',
  lang: 'fr',
  geo: 'FR',
  creator: '',
  placement: '',
  account: 'Account',
  filename: 'concept-01_1x1',
  date,
  counter: 1,
  custom: {},
});

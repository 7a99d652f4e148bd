import type { PlanProblem } from '#shared/contracts/launches.ts';
import type { AdPlatformId } from '#shared/rules/ad-platforms/index.ts';
import type { PlatformField } from '#shared/rules/ad-platforms/platform-rules.ts';
import { appMessages } from '#shared/messages/app.en.ts';
import { SelectField, TextAreaField, TextField } from '../../ui/field.tsx';
import { currentLocale, t, type AppMessageKey } from '../../ui/i18n.ts';
import type { DraftSettings } from './draft.ts';
import { findingTitle } from './finding-text.ts';

interface Props {
  platform: AdPlatformId;
  fields: readonly PlatformField[];
  settings: DraftSettings;
  faults: ReadonlyMap<string, PlanProblem>;
  onChange: (change: Partial<DraftSettings>) => void;
}

/** What only this platform asks for, or only for this goal: one control for each entry of its list. */
export function PlatformFields({ platform, fields, settings, faults, onChange }: Props) {
  return (
    <>
      {fields.map((field) => (
        <OneField
          key={`${platform} ${field.setting}`}
          platform={platform}
          field={field}
          value={settings[field.setting]}
          fault={faults.get(field.setting)}
          onText={(text) => onChange({ [field.setting]: text })}
        />
      ))}
    </>
  );
}

function OneField({
  platform,
  field,
  value,
  fault,
  onText,
}: {
  platform: AdPlatformId;
  field: PlatformField;
  value: string;
  fault: PlanProblem | undefined;
  onText: (text: string) => void;
}) {
  const { setting, choices, required } = field;
  const isBlank = value.trim() === '';
  const around = {
    label: ofPlatform(`own.${setting}`, platform) ?? setting,
    hint: required && isBlank ? t('own.needed') : (ofPlatform(`own.${setting}.hint`, platform) ?? undefined),
    // What nobody has written yet is asked for, not complained about.
    error: isBlank || fault === undefined ? null : (findingTitle(fault.code) ?? `${fault.message} ${fault.fix}`),
  };
  if (setting === 'political')
    return (
      <SelectField
        {...around}
        value={value}
        onPick={onText}
        options={[
          { value: '', label: t('own.no') },
          { value: 'yes', label: t('own.yes') },
        ]}
      />
    );
  if (choices !== undefined)
    return (
      <SelectField
        {...around}
        value={value}
        onPick={onText}
        options={[
          { value: '', label: t(setting === 'locale' ? (required ? 'own.choose' : 'own.locale.any') : 'category.none') },
          ...choices.map((choice) => ({ value: choice, label: choiceLabel(setting, choice) })),
        ]}
      />
    );
  if (setting === 'keywords') return <TextAreaField {...around} rows={3} value={value} onText={onText} />;
  return <TextField {...around} dir={setting === 'brandName' ? 'auto' : 'ltr'} value={value} onText={onText} />;
}

function choiceLabel(setting: PlatformField['setting'], choice: string): string {
  if (setting === 'locale') return new Intl.DisplayNames(currentLocale(), { type: 'language' }).of(choice.replace('_', '-')) ?? choice;
  const key = `category.${choice}`;
  return key in appMessages ? t(key as AppMessageKey) : choice;
}

/** The platform's own word for a setting where it has one, else ours; null = there is nothing to say. */
function ofPlatform(key: string, platform: AdPlatformId): string | null {
  const found = [`${key}.${platform}`, key].find((one) => one in appMessages);
  return found === undefined ? null : t(found as AppMessageKey);
}

import { clickIdKey, emailKey, phoneKey, type PersonKey } from '../people/index.ts';

/** Questions of a form that hold an address or a number, by the platform's standard keys. */
const EMAIL_FIELDS = ['email', 'work_email'];
/** Hidden fields with which a form carries the click that led to it. */
const CLICK_FIELDS = ['fbclid', 'fbc'];
const PHONE_FIELDS = ['phone_number', 'work_phone_number', 'phone', 'whatsapp_number'];

/** What a submission says about who it is. `country` reads national numbers when the form did not ask for one. */
export function leadKeys(sourceLeadId: string, fields: Readonly<Record<string, string>>, country: string | null): PersonKey[] {
  const asked = fields['country']?.trim().toUpperCase();
  const region = asked && /^[A-Z]{2}$/.test(asked) ? asked : country;
  return [
    { kind: 'meta_lead', value: sourceLeadId } as const,
    ...EMAIL_FIELDS.map((name) => emailKey(fields[name])),
    ...PHONE_FIELDS.map((name) => phoneKey(fields[name], region)),
    ...CLICK_FIELDS.map((name) => clickIdKey(fields[name])),
  ].filter((key) => key !== null);
}

import { storableText } from '#shared/rules/storable.ts';

/** JSON whose texts a database can hold: what buyers type into a shop may carry a zero or half an emoji. @throws SyntaxError */
export const parseStorable = (text: string): unknown => JSON.parse(text, (_name, value: unknown) => (typeof value === 'string' ? storableText(value) : value));

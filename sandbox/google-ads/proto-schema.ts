import { readFileSync } from 'node:fs';

/** Published messages and enums of v25 (Apache-2.0, licence beside the data): names are the protos' own snake_case. */
interface SpecField {
  /** Scalar, `enums.…`, or the name of a message. */
  t: string;
  /** Repeated. */
  r?: 1;
  /** Field behaviour: REQUIRED, IMMUTABLE, OUTPUT_ONLY. */
  b?: string;
  /** The resource a name in this field points to. */
  ref?: string;
  /** Only one field of a group may be set. */
  o?: string;
}
interface SpecFile {
  messages: Record<string, { pattern?: string; fields: Record<string, SpecField> }>;
  enums: Record<string, string[]>;
}

export interface ProtoField extends SpecField {
  /** Name in GAQL, update masks of gRPC and error locations. */
  snake: string;
  /** Name in JSON. */
  camel: string;
}
interface Message {
  name: string;
  fields: ProtoField[];
  /** By either spelling: JSON of protos takes both. */
  byName: Map<string, ProtoField>;
}

const FILE = new URL('./spec/googleads-v25.json', import.meta.url);
const spec = JSON.parse(readFileSync(FILE, 'utf8')) as SpecFile;
const messages = new Map<string, Message>();

export const camelOf = (snake: string): string => snake.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

export const isMessage = (type: string): boolean => spec.messages[type] !== undefined;

export function messageOf(name: string): Message {
  const known = messages.get(name);
  if (known !== undefined) return known;
  const found = spec.messages[name];
  if (found === undefined) throw new Error(`the published protos have no message ${name}`);
  const fields = Object.entries(found.fields).map(([snake, field]) => ({ ...field, snake, camel: camelOf(snake) }));
  const byName = new Map(fields.flatMap((field) => [[field.snake, field] as const, [field.camel, field] as const]));
  const message = { name, fields, byName };
  messages.set(name, message);
  return message;
}

/** Values of an enum without the two that nobody may send; undefined when the type is no enum. */
export function enumValues(type: string): string[] | undefined {
  return spec.enums[type]?.filter((value) => value !== 'UNSPECIFIED' && value !== 'UNKNOWN');
}

/** True when the published errors know this reason of this group: `campaignError`, `DUPLICATE_CAMPAIGN_NAME`. */
export function isErrorReason(group: string, reason: string): boolean {
  const name = group.charAt(0).toUpperCase() + group.slice(1);
  return spec.enums[`errors.${name}Enum.${name}`]?.includes(reason) === true;
}

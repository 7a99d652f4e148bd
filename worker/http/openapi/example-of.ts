import type { Schema } from './build-openapi.ts';

const BY_FORMAT: Record<string, string> = {
  'date-time': '2026-03-01T09:30:00.000Z',
  date: '2026-03-01',
  email: 'name@company.com',
  uri: 'https://hooks.company.com/inlay',
};

/** A value that fits a schema, for people to look at. */
export function exampleOf(schema: Schema, name = ''): unknown {
  if (schema.default !== undefined) return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [choice] = schema.anyOf ?? schema.oneOf ?? [];
  if (choice) return exampleOf(choice, name);
  switch (schema.type) {
    case 'object': {
      if (schema.properties)
        return Object.fromEntries(Object.entries(schema.properties).map(([key, property]) => [key, exampleOf(property, key)]));
      const values = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {};
      return { key: exampleOf(values) };
    }
    case 'array':
      return schema.items ? [exampleOf(schema.items, name)] : [];
    case 'string':
      return stringOf(schema, name);
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return true;
    default:
      return null;
  }
}

function stringOf({ format, minLength = 0 }: Schema, name: string): string {
  const known = format === undefined ? undefined : BY_FORMAT[format];
  if (known !== undefined) return known;
  if (/email$/i.test(name)) return 'name@company.com';
  if (/currency$/i.test(name)) return 'EUR';
  if (/timezone$/i.test(name)) return 'Europe/Paris';
  if (/id$/i.test(name)) return `${name.replace(/Id$/, '').slice(0, 3).toLowerCase() || 'id'}_01k9xw2m7f0000000000000000`;
  const word = name || 'text';
  return word.padEnd(minLength, '-');
}

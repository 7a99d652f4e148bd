import { enumValues } from '../proto-schema.ts';
import { describe, isDate, METRICS, SEGMENTS, SOURCES, type QueryField } from './fields.ts';

/** One entry of googleAdsFields: what a tool asks to learn which fields there are. */
export function fieldInfo(name: string): Record<string, unknown> | null {
  const resource = SOURCES.get(name);
  const resourceName = `googleAdsFields/${name}`;
  if (resource !== undefined)
    return {
      resourceName,
      name,
      category: 'RESOURCE',
      selectable: false,
      filterable: false,
      sortable: false,
      attributeResources: [...resource.joinable],
      metrics: [...resource.metrics].map((one) => `metrics.${one}`),
      segments: [...resource.segments].map((one) => `segments.${one}`),
    };
  const [owner = '', ...rest] = name.split('.');
  const word = rest.join('.');
  const isKnown =
    owner === 'metrics' ? METRICS.has(word) : owner === 'segments' ? SEGMENTS.has(word) : SOURCES.get(owner)?.attributes.has(word) === true;
  if (!isKnown) return null;
  const field = describe(name);
  const values = field.type === null ? undefined : enumValues(field.type);
  return {
    resourceName,
    name,
    category: owner === 'metrics' ? 'METRIC' : owner === 'segments' ? 'SEGMENT' : 'ATTRIBUTE',
    selectable: true,
    filterable: true,
    sortable: !field.isRepeated,
    dataType: dataTypeOf(field, values !== undefined),
    isRepeated: field.isRepeated,
    ...(values === undefined ? {} : { enumValues: values }),
  };
}

function dataTypeOf(field: QueryField, isEnum: boolean): string {
  if (isDate(field)) return 'DATE';
  if (isEnum) return 'ENUM';
  const types: Record<string, string | undefined> = {
    bool: 'BOOLEAN',
    int64: 'INT64',
    int32: 'INT32',
    double: 'DOUBLE',
    float: 'FLOAT',
    string: 'STRING',
  };
  return types[field.type ?? ''] ?? 'MESSAGE';
}

export function allFieldNames(): string[] {
  return [...SOURCES]
    .flatMap(([name, source]) => [name, ...[...source.attributes].map((one) => `${name}.${one}`)])
    .concat(
      [...METRICS].map((one) => `metrics.${one}`),
      [...SEGMENTS].map((one) => `segments.${one}`),
    );
}

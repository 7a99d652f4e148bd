import { refusal } from './ads-error.ts';
import { testOf } from './gaql/conditions.ts';
import { allFieldNames, fieldInfo } from './gaql/field-info.ts';
import { parseQuery, type Condition } from './gaql/parse.ts';
import { camelOf } from './proto-schema.ts';
import type { Fields } from './read-message.ts';

const KNOWN = [
  'name',
  'category',
  'selectable',
  'filterable',
  'sortable',
  'data_type',
  'is_repeated',
  'enum_values',
  'attribute_resources',
  'metrics',
  'segments',
  'selectable_with',
  'type_url',
];

/** POST googleAdsFields:search: a query without FROM over the names of fields. */
export function searchFields(body: Fields): Fields {
  // The one query of the platform that names no resource; read with a made-up one.
  const text = String(body['query'] ?? '');
  const query = parseQuery(/\bfrom\b/i.test(text) ? text : text.replace(/(\swhere\s|\sorder\s|\slimit\s|$)/i, ' FROM field$1'));
  const unknown = [...query.select, ...query.where.map((one) => one.field)].find((name) => !KNOWN.includes(name));
  if (unknown !== undefined)
    throw refusal('queryError', 'UNRECOGNIZED_FIELD', `Error in query: unrecognized field '${unknown}'.`, { trigger: unknown });
  const passes = (info: Fields, condition: Condition): boolean => {
    const field = {
      name: condition.field,
      owner: 'field',
      path: [condition.field],
      type: 'string',
      isRepeated: Array.isArray(info[camelOf(condition.field)]),
    };
    return testOf(field, condition, '')(info[camelOf(condition.field)]);
  };
  const found = allFieldNames()
    .map((name) => fieldInfo(name) ?? {})
    .filter((info) => query.where.every((condition) => passes(info, condition)))
    .slice(0, query.limit ?? undefined);
  return {
    results: found.map((info) =>
      Object.fromEntries(
        [['resourceName', info['resourceName']], ...query.select.map((name) => [camelOf(name), info[camelOf(name)]])].filter(
          ([, value]) => value !== undefined,
        ),
      ),
    ),
    totalResultsCount: String(found.length),
  };
}

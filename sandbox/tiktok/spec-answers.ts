interface Field {
  /** Type of each element when `r` is set. */
  t?: string;
  r?: 1;
  fields?: Record<string, Field>;
}
export type Models = Record<string, { fields: Record<string, Field>; embeds?: string[] }>;

/** Keys that the third party leaves out, misspells or types otherwise than the guide; the guide wins [K where nothing else is said]. */
const KNOWN_GAPS: Record<string, readonly string[]> = {
  'ad/create/': ['ad_ids', 'creatives', 'need_audit', 'error_list'],
  'ad/update/': ['ad_ids', 'creatives'],
  'adgroup/create/': ['*'], // answered like get, whose shape is checked
  'adgroup/update/': ['*'],
  'advertiser/info/': ['timezone', 'display_timezone'], // text, not a place
};

function scalarProblem(type: string, value: unknown): string | null {
  switch (type) {
    case 'string':
    case 'datetime':
      return typeof value === 'string' ? null : 'must be a string';
    case 'integer':
      return Number.isInteger(value) ? null : 'must be an integer';
    case 'number':
      return typeof value === 'number' ? null : 'must be a number';
    case 'boolean':
      return typeof value === 'boolean' ? null : 'must be a boolean';
    default:
      return null;
  }
}

function fieldProblems(models: Models, at: string, field: Field, value: unknown, gaps: readonly string[]): string[] {
  if (value === null || value === undefined) return [];
  if (field.r === 1) {
    if (!Array.isArray(value)) return [`${at} must be a list`];
    const { r: _many, ...one } = field;
    return value.flatMap((part) => fieldProblems(models, at, one, part, gaps));
  }
  if (field.fields !== undefined) return objectProblems(models, at, field.fields, value, gaps);
  const model = models[field.t ?? ''];
  if (model !== undefined) return objectProblems(models, at, fieldsOf(models, model), value, gaps);
  // The third party reads figures into numbers; on the wire they are text [S/D].
  const problem = scalarProblem(/metrics\./.test(at) ? 'string' : (field.t ?? ''), value);
  return problem === null ? [] : [`${at} ${problem}`];
}

function fieldsOf(models: Models, model: Models[string]): Record<string, Field> {
  const embedded = (model.embeds ?? []).flatMap((name) => Object.entries(models[name]?.fields ?? {}));
  return { ...Object.fromEntries(embedded), ...model.fields };
}

function objectProblems(models: Models, at: string, fields: Record<string, Field>, value: unknown, gaps: readonly string[]): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at} must be an object`];
  return Object.entries(value).flatMap(([name, part]) => {
    if (gaps.includes(name)) return [];
    const field = fields[name];
    return field === undefined ? [`${at}.${name} is not answered`] : fieldProblems(models, `${at}.${name}`, field, part, gaps);
  });
}

/** Problems of an answer's `data` by the shape of its response: either a model with `data` in it, or the keys of data themselves. */
export function checkShape(models: Models, path: string, response: string, data: unknown): string[] {
  const gaps = KNOWN_GAPS[path] ?? [];
  const model = models[response];
  if (model === undefined || gaps.includes('*')) return [];
  const fields = fieldsOf(models, model);
  return fields['data'] === undefined
    ? objectProblems(models, 'data', fields, data, gaps)
    : fieldProblems(models, 'data', fields['data'], data, gaps);
}

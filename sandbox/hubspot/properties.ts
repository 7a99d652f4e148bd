import { HubspotError, invalid, notFound } from './errors.ts';
import type { Answer, Call } from './objects.ts';
import type { HubspotStore, ObjectType, Portal, PropertyDefinition } from './store.ts';

/** /crm/…/properties/{type}[/{name}]: read all or one, create. */
export function propertiesRoute(store: HubspotStore, portal: Portal, type: ObjectType, name: string | undefined, call: Call): Answer {
  const all = portal.properties[type];
  if (call.method === 'GET' && name === undefined) return { status: 200, body: { results: all.map(show) } };
  if (call.method === 'GET') {
    const found = all.find((one) => one.name === name);
    if (!found) throw notFound();
    return { status: 200, body: show(found) };
  }
  if (call.method === 'POST' && name === undefined) {
    const { name: wanted, label, type: kind, fieldType, groupName, hasUniqueValue } = call.body as Partial<PropertyDefinition>;
    if (!wanted || !/^[a-z][a-z0-9_]*$/.test(wanted) || !label || !kind || !fieldType || !groupName)
      throw invalid('name, label, type, fieldType and groupName are required');
    if (all.some((one) => one.name === wanted)) throw new HubspotError(409, 'CONFLICT', `A property named "${wanted}" already exists.`);
    const made: PropertyDefinition = {
      name: wanted,
      label,
      type: kind,
      fieldType,
      groupName,
      hasUniqueValue: hasUniqueValue === true,
      builtIn: false,
    };
    all.push(made);
    store.core.touch();
    return { status: 201, body: show(made) };
  }
  throw notFound();
}

const show = ({ builtIn, ...own }: PropertyDefinition): object => ({
  ...own,
  description: '',
  options: [],
  displayOrder: -1,
  calculated: false,
  externalOptions: false,
  hidden: false,
  formField: true,
  hubspotDefined: builtIn,
  archived: false,
});

import { HubspotError, invalid } from './errors.ts';
import { READ_ONLY, type CrmObject, type HubspotStore, type ObjectType, type Portal } from './store.ts';
import { announce } from './webhooks.ts';

export type Properties = Record<string, unknown>;

/** Create, with the platform's uniqueness rule: a taken e-mail is refused and the answer names the object that has it. */
export function createObject(store: HubspotStore, portal: Portal, type: ObjectType, given: Properties, source = 'INTEGRATION'): CrmObject {
  const properties = checked(portal, type, given);
  const taken = uniqueNames(portal, type)
    .map((name) => [name, properties[name]] as const)
    .map(([name, value]) => ({ name, owner: value ? store.find(portal, type, value, name) : undefined }))
    .find(({ owner }) => owner !== undefined);
  if (taken?.owner) {
    const noun = type === 'contacts' ? 'Contact' : 'Object';
    throw new HubspotError(409, 'CONFLICT', `${noun} already exists. Existing ID: ${taken.owner.id}`, {
      errors: [{ message: `${taken.name} must be unique`, in: taken.name, context: { existingId: [taken.owner.id] } }],
    });
  }
  const now = store.core.now();
  const id = store.core.nextId('2');
  const object: CrmObject = {
    id,
    type,
    properties: { ...properties, hs_object_id: id },
    createdAt: now,
    updatedAt: now,
    archived: false,
    history: [],
  };
  portal.objects.push(object);
  announce(store, portal, {
    subscriptionType: `${singular(type)}.creation`,
    objectId: Number(id),
    changeSource: source,
    changeFlag: 'CREATED',
  });
  for (const [name, value] of Object.entries(properties)) record(store, portal, object, name, value, source);
  store.core.touch();
  return object;
}

export function updateObject(store: HubspotStore, portal: Portal, object: CrmObject, given: Properties, source = 'INTEGRATION'): CrmObject {
  const properties = checked(portal, object.type, given);
  for (const name of uniqueNames(portal, object.type)) {
    const value = properties[name];
    const owner = value ? store.find(portal, object.type, value, name) : undefined;
    if (owner && owner !== object)
      throw new HubspotError(409, 'CONFLICT', `A contact with that ${name} already exists. Existing ID: ${owner.id}`);
  }
  for (const [name, value] of Object.entries(properties)) {
    if (object.properties[name] === value) continue;
    object.properties[name] = value;
    record(store, portal, object, name, value, source);
  }
  object.updatedAt = store.core.now();
  store.core.touch();
  return object;
}

export function archiveObject(store: HubspotStore, portal: Portal, object: CrmObject): void {
  object.archived = true;
  object.updatedAt = store.core.now();
  announce(store, portal, {
    subscriptionType: `${singular(object.type)}.deletion`,
    objectId: Number(object.id),
    changeSource: 'INTEGRATION',
    changeFlag: 'DELETED',
  });
  store.core.touch();
}

/** Two records become one; the old id keeps working and is listed in hs_merged_object_ids. */
export function mergeObjects(store: HubspotStore, portal: Portal, primary: CrmObject, other: CrmObject): CrmObject {
  for (const [name, value] of Object.entries(other.properties))
    if (value !== null && !primary.properties[name]) primary.properties[name] = value;
  primary.properties['hs_merged_object_ids'] = [primary.properties['hs_merged_object_ids'], other.id].filter(Boolean).join(';');
  portal.associations.push(...portal.associations.filter(({ from }) => from === other.id).map(({ to }) => ({ from: primary.id, to })));
  other.archived = true;
  primary.updatedAt = store.core.now();
  announce(store, portal, {
    subscriptionType: `${singular(primary.type)}.merge`,
    objectId: Number(primary.id),
    changeSource: 'CRM_UI',
    primaryObjectId: Number(primary.id),
    mergedObjectIds: [Number(other.id)],
  });
  store.core.touch();
  return primary;
}

export const singular = (type: ObjectType): string => (type === 'companies' ? 'company' : type.slice(0, -1));

const uniqueNames = (portal: Portal, type: ObjectType): string[] =>
  portal.properties[type].filter(({ hasUniqueValue, name }) => hasUniqueValue && name !== 'hs_object_id').map(({ name }) => name);

function record(store: HubspotStore, portal: Portal, object: CrmObject, name: string, value: string | null, source: string): void {
  object.history.push({ name, value, at: store.core.now(), source });
  announce(store, portal, {
    subscriptionType: `${singular(object.type)}.propertyChange`,
    objectId: Number(object.id),
    propertyName: name,
    propertyValue: value ?? '',
    changeSource: source,
  });
}

/** Every value becomes a string or null; unknown and read-only names are refused together. */
function checked(portal: Portal, type: ObjectType, given: Properties): Record<string, string | null> {
  if (portal.refuseWrites !== null) throw invalid(portal.refuseWrites);
  const known = new Set(portal.properties[type].map(({ name }) => name));
  const wrong = Object.keys(given).filter((name) => !known.has(name) || READ_ONLY.has(name));
  if (wrong.length > 0) {
    const details = wrong.map((name) => ({
      isValid: false,
      name,
      error: known.has(name) ? 'READ_ONLY_VALUE' : 'PROPERTY_DOESNT_EXIST',
      message: known.has(name) ? `"${name}" is a read only property` : `Property "${name}" does not exist`,
    }));
    throw invalid(`Property values were not valid: ${JSON.stringify(details)}`, {
      errors: details.map(({ message, error, name }) => ({ message, code: error, context: { propertyName: [name] } })),
    });
  }
  const email = given['email'];
  if (type === 'contacts' && typeof email === 'string' && email !== '' && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email.trim()))
    throw invalid(
      `Property values were not valid: [{"isValid":false,"message":"Email address ${email} is invalid","error":"INVALID_EMAIL","name":"email"}]`,
    );
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const text = value === null || value === undefined || value === '' ? null : String(value);
      return [name, name === 'email' && text !== null ? text.trim().toLowerCase() : text];
    }),
  );
}

export { findOrCreatePerson, type FoundPerson } from './find-or-create-person.ts';
export { clickIdKey, emailKey, phoneKey, type KeyKind, type PersonKey } from './person-keys.ts';

import { listed } from './envelope.ts';
import { arrayOf } from './snap-call.ts';
import { badRequest } from './snap-error.ts';
import type { Handler } from './world.ts';

/** Unverified [K]: schemas and the shape of the answer. Only how many came is kept, never who. */
const SCHEMAS = new Set(['EMAIL_SHA256', 'PHONE_SHA256', 'MOBILE_AD_ID_SHA256']);
const HASH = /^[0-9a-f]{64}$/;

/** POST /segments/{id}/users {users: [{schema, data}]} */
export const addUsers: Handler = (world, segment, call) => {
  let count = 0;
  for (const { schema, data } of arrayOf(call, 'users')) {
    if (!Array.isArray(schema) || schema.some((name) => !SCHEMAS.has(String(name)))) throw badRequest('schema is not known');
    const rows: unknown[] = Array.isArray(data) ? data : [];
    if (rows.some((row) => !Array.isArray(row) || row.some((value) => typeof value !== 'string' || !HASH.test(value))))
      throw badRequest('data must be rows of SHA-256 hashes in hex');
    count += rows.length;
  }
  const known = (segment.hidden['users'] as number | undefined) ?? 0;
  world.store.change(segment, { hidden: { ...segment.hidden, users: known + count } }, world.core.now());
  world.core.touch();
  return listed(world, call, 'users', 'user', [{ number_users_uploaded: count }]);
};

import { refusal, refusedToken } from './ads-error.ts';
import { ADWORDS_SCOPE } from '../google/tokens.ts';
import type { AdsCall } from './read-call.ts';
import type { Resource } from './store.ts';
import type { AdsWorld, Caller } from './world.ts';

/** The person behind a call. The developer-token header is neither asked for nor looked at [D: gone since September 2026]. */
export function personOf(world: AdsWorld, call: AdsCall): string {
  if (call.token === null)
    throw refusedToken(
      'CREDENTIALS_MISSING',
      'Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
    );
  const invalid =
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.';
  const holder = world.google.holderOf(call.token);
  if (holder === null) throw refusedToken('ACCESS_TOKEN_INVALID', invalid);
  if (holder.state === 'expired') throw refusedToken('ACCESS_TOKEN_EXPIRED', invalid);
  if (!holder.scopes.includes(ADWORDS_SCOPE))
    throw refusedToken('ACCESS_TOKEN_SCOPE_INSUFFICIENT', 'Request had insufficient authentication scopes.', 403);
  const account = world.google.store.accounts.find((one) => one.sub === holder.sub);
  if (account === undefined) throw refusedToken('ACCESS_TOKEN_INVALID', invalid);
  return account.email;
}

/** Customers that a person was let into by name, managers among them. */
export function directCustomers(world: AdsWorld, email: string): Resource[] {
  const direct = world.store.byKey(`user ${email}`);
  if (direct.length === 0)
    throw refusal(
      'authenticationError',
      'NOT_ADS_USER',
      'The Google account that generated the access token is not associated with any Google Ads account.',
    );
  return direct;
}

const digits = (id: string): boolean => /^\d{10,15}$/.test(id);

/**
 * Lets a call through to a customer: the person is its user, or a user of the manager that login-customer-id names and that
 * stands above it.
 */
export function enter(world: AdsWorld, call: AdsCall, email: string, customerId: string): Caller {
  if (!digits(customerId))
    throw refusal('requestError', 'INVALID_CUSTOMER_ID', `Invalid customer ID '${customerId}'.`, { trigger: customerId });
  const direct = directCustomers(world, email);
  const customer = world.store.get(`customers/${customerId}`);
  if (customer === undefined) throw refusal('authenticationError', 'CUSTOMER_NOT_FOUND', 'No customer found for the provided customer id.');
  const login = call.loginCustomerId;
  if (login !== null && !digits(login))
    throw refusal('headerError', 'INVALID_LOGIN_CUSTOMER_ID', 'The login customer id could not be validated.', { trigger: login });
  const isUser = (id: string): boolean => direct.some((one) => one.customerId === id);
  const isBelow = (id: string): boolean =>
    id === customerId || world.store.byKey(`managed by ${id}`).some((one) => one.customerId === customerId);
  if (!(login === null ? isUser(customerId) : isUser(login) && isBelow(login)))
    throw refusal(
      'authorizationError',
      'USER_PERMISSION_DENIED',
      "User doesn't have permission to access customer. Note: If you're accessing a client customer, the manager's customer id must be set in the 'login-customer-id' header.",
    );
  if (customer.fields['status'] !== 'ENABLED')
    throw refusal(
      'authorizationError',
      'CUSTOMER_NOT_ENABLED',
      "The customer account can't be accessed because it is not yet enabled or has been deactivated.",
    );
  if (world.quota.level === 'test' && customer.fields['testAccount'] !== true)
    throw refusal(
      'authorizationError',
      'CLOUD_PROJECT_NOT_APPROVED_FOR_PRODUCTION',
      'The Cloud project is only approved for use with test accounts.',
    );
  return { email, customerId, requestId: call.requestId };
}

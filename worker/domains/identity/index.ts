export { emailKey } from './email-key.ts';
export { linkTo } from './links/one-time-tokens.ts';
export { loadMe } from './load-me.ts';
export { hashPassword } from './password/password.ts';
export { clientLogo, presentOrganization } from './present-me.ts';
export { queueSecurityNotice } from './security-notice.ts';
export { issueTokens, openSession } from './sessions/open-session.ts';
export { withCookie } from './sessions/with-cookie.ts';
export { newSlug } from './sign-up/confirm-sign-up.ts';

import type { SandboxCore, Vendor } from '../core/vendor.ts';
import { underFaults } from '../core/under-faults.ts';
import { inbox } from './inbox.ts';
import type { Mail, NewMail } from './mail.ts';
import { refuse as refusePostmark, searchPostmark, sendByPostmark } from './postmark.ts';
import { refuse, sendByResend } from './resend.ts';

export interface MailboxVendor extends Vendor {
  readonly mails: readonly Mail[];
}

const RESEND = 'api.resend.com';
const POSTMARK = 'api.postmarkapp.com';
const INBOX = 'mailbox.inlay.test';
const HOSTS = new Set([RESEND, POSTMARK, INBOX]);

/** Two mail providers that keep what they are given, and the mailbox in which it is read. */
export function createMailbox(core: SandboxCore): MailboxVendor {
  let mails: Mail[] = [];
  let keys: Record<string, string> = {};

  const keep = (given: NewMail): Mail => {
    const mail = { id: `mail-${core.nextId()}`, ...given, at: new Date(core.now()).toISOString() };
    mails.push(mail);
    core.touch();
    return mail;
  };

  const byResend = async (request: Request, path: string): Promise<Response | null> => {
    if (request.method !== 'POST' || path !== '/emails') return refuse(404, 'not_found', 'Not found');
    if (!/^Bearer .+/.test(request.headers.get('authorization') ?? ''))
      return refuse(401, 'missing_api_key', 'Missing API key in the authorization header');
    const text = await request.text();
    return underFaults(core, {
      vendor: 'mailbox',
      key: 'POST emails',
      isWrite: true,
      apply: () => sendByResend(text, request.headers, { keys, keep }),
      throttled: () => refuse(429, 'rate_limit_exceeded', 'Too many requests'),
      failed: () => refuse(500, 'internal_server_error', 'Something went wrong'),
    });
  };

  const byPostmark = async (request: Request, url: URL): Promise<Response | null> => {
    const call = `${request.method} ${url.pathname}`;
    if (call !== 'POST /email' && call !== 'GET /messages/outbound') return refusePostmark(404, 701, 'Not found');
    if (!request.headers.get('x-postmark-server-token')) return refusePostmark(401, 10, 'Bad or missing Server API token.');
    const text = await request.text();
    const isWrite = call === 'POST /email';
    return underFaults(core, {
      vendor: 'mailbox',
      key: call,
      isWrite,
      apply: () => (isWrite ? sendByPostmark(text, keep) : searchPostmark(mails, url)),
      throttled: () => refusePostmark(429, 429, 'Rate limit exceeded.'),
      failed: () => refusePostmark(500, 500, 'Internal server error.'),
    });
  };

  return {
    name: 'mailbox',
    get mails() {
      return mails;
    },
    serves: (host) => HOSTS.has(host),
    handle: async (request) => {
      const url = new URL(request.url);
      if (url.hostname === INBOX) return inbox(mails, url);
      return url.hostname === POSTMARK ? byPostmark(request, url) : byResend(request, url.pathname);
    },
    control: async (method, path) => {
      if (path.split('?')[0] !== '') return undefined;
      if (method === 'GET') return { mails };
      if (method === 'DELETE') {
        mails = [];
        keys = {};
        return { mails };
      }
      return undefined;
    },
    objects: () => ({ mails }),
    snapshot: () => structuredClone({ mails, keys }),
    restore: (state) => {
      const kept = state as { mails: Mail[]; keys: Record<string, string> };
      // States of before hold mails without headers and marks.
      mails = kept.mails.map((mail) => ({ ...mail, headers: mail.headers ?? {}, metadata: mail.metadata ?? {} }));
      keys = kept.keys;
    },
  };
}

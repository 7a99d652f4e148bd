import type { SandboxCore, Vendor } from '../core/vendor.ts';
import { underFaults } from '../core/under-faults.ts';
import { html, page, safe } from '../https/page.ts';

export interface Mail {
  id: string;
  from: string;
  to: string[];
  subject: string;
  html: string | null;
  text: string | null;
  at: string;
}

export interface MailboxVendor extends Vendor {
  readonly mails: readonly Mail[];
}

const HOSTS = new Set(['api.resend.com', 'mailbox.inlay.test']);
const refuse = (statusCode: number, name: string, message: string): Response =>
  Response.json({ statusCode, name, message }, { status: statusCode });

/** A mail provider that keeps what it is given: POST /emails with a bearer key; the inbox is a page and JSON. */
export function createMailbox(core: SandboxCore): MailboxVendor {
  let mails: Mail[] = [];
  let keys: Record<string, string> = {};

  const send = (text: string, headers: Headers): Response => {
    const key = headers.get('idempotency-key');
    const before = key === null ? undefined : keys[key];
    if (before !== undefined) return Response.json({ id: before });
    let given: Record<string, unknown>;
    try {
      given = JSON.parse(text) as Record<string, unknown>;
    } catch {
      return refuse(422, 'validation_error', 'The body is not JSON');
    }
    const { from, to, subject } = given;
    const missing = Object.entries({ from, to, subject }).find(([, value]) => value === undefined)?.[0];
    if (missing !== undefined) return refuse(422, 'missing_required_field', `Missing \`${missing}\` field.`);
    if (given['html'] === undefined && given['text'] === undefined)
      return refuse(422, 'missing_required_field', 'Missing `html` or `text` field.');
    const mail: Mail = {
      id: `mail-${core.nextId()}`,
      from: String(from),
      to: [to].flat().map(String),
      subject: String(subject),
      html: typeof given['html'] === 'string' ? given['html'] : null,
      text: typeof given['text'] === 'string' ? given['text'] : null,
      at: new Date(core.now()).toISOString(),
    };
    mails.push(mail);
    if (key !== null) keys[key] = mail.id;
    core.touch();
    return Response.json({ id: mail.id });
  };

  return {
    name: 'mailbox',
    get mails() {
      return mails;
    },
    serves: (host) => HOSTS.has(host),
    handle: async (request) => {
      const url = new URL(request.url);
      if (url.hostname === 'mailbox.inlay.test') return inbox(mails, url);
      if (request.method !== 'POST' || url.pathname !== '/emails') return refuse(404, 'not_found', 'Not found');
      if (!/^Bearer .+/.test(request.headers.get('authorization') ?? ''))
        return refuse(401, 'missing_api_key', 'Missing API key in the authorization header');
      const text = await request.text();
      return underFaults(core, {
        vendor: 'mailbox',
        key: 'POST emails',
        isWrite: true,
        apply: () => send(text, request.headers),
        throttled: () => refuse(429, 'rate_limit_exceeded', 'Too many requests'),
        failed: () => refuse(500, 'internal_server_error', 'Something went wrong'),
      });
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
      ({ mails, keys } = state as { mails: Mail[]; keys: Record<string, string> });
    },
  };
}

/** The inbox page; one mail's HTML is shown in a frame without scripts. */
function inbox(mails: readonly Mail[], url: URL): Response {
  const one = mails.find(({ id }) => id === url.searchParams.get('mail'));
  const list = [...mails]
    .reverse()
    .map(
      ({ id, to, subject, at }) =>
        `<li><a href="?mail=${safe(id)}">${safe(subject)}</a><br><span class="quiet">${safe(to.join(', '))} · ${safe(at)}</span></li>`,
    )
    .join('');
  const shown =
    one === undefined
      ? ''
      : `<h2>${safe(one.subject)}</h2><p class="quiet">From ${safe(one.from)} to ${safe(one.to.join(', '))}</p>${
          one.html === null
            ? `<pre>${safe(one.text ?? '')}</pre>`
            : `<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" title="Message" srcdoc="${safe(one.html)}"></iframe>`
        }`;
  return html(
    page({
      title: 'Mailbox',
      body: `<main class="card"><h1>Mailbox</h1>${mails.length === 0 ? '<p class="quiet">No mail yet.</p>' : ''}${shown}<ul>${list}</ul></main>`,
    }),
  );
}

import { html, page, safe } from '../https/page.ts';
import type { Mail } from './mail.ts';

/**
 * The mailbox of everybody who gets mail here: a list by recipient, one mail as HTML and as text with its links to press, and the same as
 * JSON (`?format=json`, with `to` for one recipient, newest first).
 */
export function inbox(mails: readonly Mail[], url: URL): Response {
  const to = url.searchParams.get('to') ?? '';
  const newest = [...mails].reverse().filter((mail) => to === '' || mail.to.some((one) => one.toLowerCase() === to.toLowerCase()));
  if (url.searchParams.get('format') === 'json') return Response.json({ mails: newest });
  const id = url.searchParams.get('mail');
  const shown = id === null ? newest[0] : mails.find((mail) => mail.id === id);
  const people = [...new Set(mails.flatMap((mail) => mail.to))].toSorted();
  const query = (fields: Record<string, string>) => safe(`?${new URLSearchParams({ ...(to ? { to } : {}), ...fields })}`);
  const list = newest
    .map(
      (mail) =>
        `<li><a ${mail === shown ? 'aria-current="true" ' : ''}href="${query({ mail: mail.id })}"><b>${safe(mail.subject)}</b><span>${safe(mail.to.join(', '))}</span><time datetime="${safe(mail.at)}">${safe(mail.at.slice(0, 16).replace('T', ' '))} UTC</time></a></li>`,
    )
    .join('');
  const who = `<form method="get"><label>Recipient <select name="to" onchange="this.form.submit()"><option value="">Everybody (${mails.length})</option>${people
    .map((one) => `<option ${one === to ? 'selected ' : ''}value="${safe(one)}">${safe(one)}</option>`)
    .join('')}</select></label> <button>Show</button></form>`;
  return html(
    page({
      title: 'Mailbox',
      head: `<style>${STYLE}</style>`,
      body: `<main class="box"><nav aria-label="Mails"><h1>Mailbox</h1><p class="quiet">Mail sent here stays here: nothing reaches the network. Reload to see what is new.</p>${who}${
        newest.length === 0 ? '<p class="quiet">No mail yet.</p>' : `<ol>${list}</ol>`
      }</nav><article>${shown === undefined ? '' : message(shown)}</article></main>`,
    }),
  );
}

function message(mail: Mail): string {
  const text = `<h3>As text</h3><pre dir="auto">${withLinks(mail.text ?? '')}</pre>`;
  return `<h2 dir="auto">${safe(mail.subject)}</h2><p class="quiet">From ${safe(mail.from)} to ${safe(mail.to.join(', '))} · ${safe(mail.at)}</p>${
    mail.html === null
      ? ''
      : `<iframe sandbox="allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation" title="Message" srcdoc="${safe(mail.html.replace('<head>', '<head><base target="_top">'))}"></iframe>`
  }${mail.text === null ? '' : text}${Object.entries(mail.headers)
    .map(([name, value]) => `<p class="quiet">${safe(name)}: ${safe(value)}</p>`)
    .join('')}`;
}

const withLinks = (text: string): string =>
  safe(text).replaceAll(/https?:\/\/[^\s<>&]+(?:&amp;[^\s<>&]+)*/g, (address) => `<a href="${address}">${address}</a>`);

const STYLE = `.box{display:grid;grid-template-columns:minmax(260px,340px) 1fr;gap:24px;max-width:1200px;margin:0 auto;padding:24px}
.box nav ol{list-style:none;padding:0;margin:16px 0}.box nav li a{display:block;padding:10px 12px;border:1px solid var(--line);border-radius:8px;margin:0 0 8px;background:var(--card);color:var(--ink);text-decoration:none}
.box nav li a[aria-current]{border-color:var(--accent);box-shadow:inset 3px 0 0 var(--accent)}.box nav li span,.box nav li time{display:block;font-size:12px;line-height:18px;color:var(--quiet);overflow-wrap:anywhere}
.box article{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:20px 24px;min-width:0}.box h3{font-size:13px;color:var(--quiet);margin:20px 0 6px}.box iframe{min-height:620px}.box pre{overflow-wrap:anywhere}
select,button{font:inherit;padding:4px 8px;border:1px solid var(--line);border-radius:6px;background:var(--card);color:var(--ink);max-width:100%}@media (max-width:760px){.box{grid-template-columns:1fr}}`;

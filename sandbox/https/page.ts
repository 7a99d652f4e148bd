/** Text for an HTML text node or a double-quoted attribute. */
export const safe = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export interface PageParts {
  title: string;
  body: string;
  lang?: string;
  dir?: 'ltr' | 'rtl';
  head?: string;
}

/** A small plain page (consent dialogs, inbox, index). The style is inline in a style element; no script. */
export function page({ title, body, lang = 'en', dir = 'ltr', head = '' }: PageParts): string {
  return `<!doctype html><html lang="${lang}" dir="${dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><link rel="icon" href="data:,"><title>${safe(title)}</title><style>${STYLE}</style>${head}</head><body>${body}</body></html>`;
}

export function html(text: string, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(text, { status, headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...headers } });
}

const STYLE = `:root{--bg:#f4f5f7;--card:#fff;--ink:#1c2430;--quiet:#5b6675;--line:#d9dee5;--accent:#2457c5}
@media (prefers-color-scheme:dark){:root{--bg:#14181e;--card:#1d232b;--ink:#e6eaf0;--quiet:#9aa6b5;--line:#333c48;--accent:#8fb2ff}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--ink);font:14px/22px system-ui,sans-serif}
a{color:var(--accent)}.card{max-width:640px;margin:48px auto;padding:24px 32px;background:var(--card);border:1px solid var(--line);border-radius:12px}
h1{font-size:20px;line-height:28px;margin:0 0 12px}h2{font-size:15px;margin:24px 0 8px}.quiet{color:var(--quiet);margin:0 0 8px}.button{display:inline-block;padding:8px 20px;background:#2457c5;color:#fff;border-radius:8px;text-decoration:none;font-weight:600}
ul{padding-inline-start:20px}li{margin:2px 0}iframe{width:100%;min-height:220px;border:1px solid var(--line);border-radius:8px;background:#fff}pre{white-space:pre-wrap;background:var(--bg);padding:12px;border-radius:8px}`;

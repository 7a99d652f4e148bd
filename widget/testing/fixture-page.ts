import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { HOST_STYLE } from '../build-widget.ts';

/** A theme that shouts: nothing of it may reach into a card. */
const PAGE_STYLE = `body{margin:24px;background:#fff;color:#222;font:18px/2 Georgia,serif;letter-spacing:1px;text-transform:uppercase}
@media (prefers-color-scheme:dark){body{background:#111;color:#eee}}
p,dl,dd,dt,span,a,button,input{color:#c00!important;border:3px solid #c00!important;margin:20px}
main>p,h1{color:inherit!important;border:0!important;margin:8px 0}.tall{height:3000px}
body.w320 .inlay-slot{width:320px}body.w640 .inlay-slot{width:640px}\n`;

/**
 * The pages around an element: CRM and shop alike, under a strict policy with Trusted Types, and the documented host style. `origin`
 * gives the address of a fixture host by its name.
 */
export async function servePage(url: URL, response: ServerResponse, origin: (host: string) => string): Promise<void> {
  if (url.pathname === '/host.css') {
    const style = await readFile(HOST_STYLE, 'utf8');
    return void response.writeHead(200, { 'content-type': 'text/css' }).end(`${PAGE_STYLE}${style}`);
  }
  if (url.pathname === '/empty')
    return void response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Empty</title>');
  if (url.pathname === '/favicon.ico') return void response.writeHead(204).end();
  if (url.pathname !== '/page') return void response.writeHead(404).end();
  const query = Object.fromEntries(url.searchParams);
  const policy = [
    "default-src 'none'",
    `script-src ${origin('cdn')}`,
    `connect-src 'self' ${origin('api')}`,
    "style-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
  const element = `<div class="inlay-slot"><${query['element']} ${query['attributes'] ?? ''}></${query['element']}></div>`;
  const script = `<script src="${origin('cdn')}/inlay.js" ${query['module'] ? 'type="module"' : 'async'}></script>`;
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'permissions-policy': query['clipboard'] === 'no' ? 'clipboard-write=()' : '',
  });
  response.end(`<!doctype html><html lang="${query['lang'] ?? 'en'}" dir="${query['lang'] === 'ar' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8"><title>A page</title>
    <meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/host.css">${script}${query['twice'] ? script : ''}</head>
    <body class="${query['class'] ?? ''}"><main><h1>A page</h1><p>Text before.</p>${query['below'] ? '<div class="tall"></div>' : ''}${element}${query['twice'] ? element : ''}<p>Text after.</p></main></body></html>`);
}

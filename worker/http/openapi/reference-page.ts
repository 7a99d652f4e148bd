import { brandCss } from '#shared/branding/brand-css.ts';
import { inlayBrand } from '#shared/branding/tokens.ts';
import type { OpenApi, Operation, Parameter, Schema } from './build-openapi.ts';
import { exampleOf } from './example-of.ts';

/** The page's own style; its hash is all that the page's policy lets through. */
export const REFERENCE_CSS = `${brandCss(inlayBrand)}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0;background:var(--surface);color:var(--text);font:16px/1.55 system-ui,sans-serif}
a{color:var(--accent)}a:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:2px}
header,main,nav{padding:1.5rem clamp(1rem,4vw,3rem)}
header{border-bottom:1px solid var(--line);max-width:80rem}header h1{margin:0 0 .25rem;font-size:1.75rem}header p{margin:.25rem 0;max-width:65ch;color:var(--text-soft)}
nav{background:var(--surface-sunken);border-bottom:1px solid var(--line);max-height:45vh;overflow:auto;font-size:.9375rem;line-height:1.4}nav h2{font-size:1rem;margin:0;text-transform:capitalize}
nav ul{list-style:none;padding:0;margin:.25rem 0 1rem}nav li{margin:.3rem 0}nav a{text-decoration:none;overflow-wrap:anywhere}nav a:hover{text-decoration:underline}
section>h2{margin:2.5rem 0 1rem;text-transform:capitalize}section:first-child>h2{margin-top:0}
article{border-top:1px solid var(--line);padding:1.5rem 0}
article h3{margin:0 0 .25rem}
code,pre{font:13px/1.5 ui-monospace,monospace}
pre{background:var(--surface-sunken);border:1px solid var(--line);border-radius:8px;padding:.75rem 1rem;overflow:auto;max-height:28rem;margin:.5rem 0 1rem}
.call{overflow-wrap:anywhere}.method{display:inline-block;min-width:3.5rem;padding:0 .5rem;margin-inline-end:.5rem;border-radius:4px;background:var(--accent-soft);color:var(--accent);font-weight:600;text-align:center}
.who{color:var(--text-soft);margin:.25rem 0 .75rem}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;margin:.25rem 0 1rem}th,td{text-align:start;padding:.3rem .75rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}th{font-weight:600;color:var(--text-soft);font-size:.875rem}td{overflow-wrap:anywhere;font-size:.9375rem}
h4{margin:1rem 0 .25rem;font-size:.9375rem}details{margin:.5rem 0}summary{cursor:pointer;color:var(--text-soft)}
@media(min-width:64rem){.page{display:grid;grid-template-columns:20rem minmax(0,1fr)}nav{max-height:none;border-bottom:0;border-inline-end:1px solid var(--line);position:sticky;top:0;height:100vh;overflow:auto}main{max-width:64rem}}`;

/** The reference as one page of HTML: no script, nothing fetched from anywhere. */
export function referencePage(api: OpenApi): string {
  const calls = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const sections = api.tags.map(({ name }) => ({ name, calls: calls.filter(({ operation }) => operation.tags[0] === name) }));
  const [server] = api.servers;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${text(api.info.title)} reference</title><style>${REFERENCE_CSS}</style></head><body>
<header><h1>${text(api.info.title)}</h1><p>${text(api.info.description)}</p><p>Base address <code>${text(server?.url ?? '')}</code> · <a href="/v1/openapi.json">OpenAPI 3.1</a></p></header>
<div class="page"><nav aria-label="Calls">${sections
    .map(
      (section) =>
        `<h2>${text(words(section.name))}</h2><ul>${section.calls
          .map(({ operation }) => `<li><a href="#${text(operation.operationId)}">${text(operation.summary)}</a></li>`)
          .join('')}</ul>`,
    )
    .join('')}<h2>Webhooks</h2><ul>${Object.keys(api.webhooks)
    .map((type) => `<li><a href="#on.${text(type)}">${text(type)}</a></li>`)
    .join('')}</ul></nav>
<main>${sections
    .map(
      (section) =>
        `<section><h2>${text(words(section.name))}</h2>${section.calls.map((one) => article(one.method, one.path, one.operation, server?.url ?? '')).join('')}</section>`,
    )
    .join(
      '',
    )}<section><h2>Webhooks</h2><p>Signed with the headers webhook-id, webhook-timestamp and webhook-signature (Standard Webhooks 1.0).</p>${Object.entries(
    api.webhooks,
  )
    .map(([type, { post }]) => {
      const { schema } = post.requestBody.content['application/json'];
      return `<article id="on.${text(type)}"><h3>${text(type)}</h3>${fields(schema)}${json(exampleOf(schema))}</article>`;
    })
    .join('')}</section></main></div></body></html>`;
}

function article(method: string, path: string, operation: Operation, origin: string): string {
  const body = operation.requestBody?.content['application/json'].schema;
  const [status, answer] = Object.entries(operation.responses)[0] ?? ['', undefined];
  const answered = Object.entries(operation.responses).find(([code]) => code.startsWith('2')) ?? [status, answer];
  const schema =
    answered[1] && 'content' in answered[1] ? (answered[1].content?.['application/json']?.schema as Schema | undefined) : undefined;
  return `<article id="${text(operation.operationId)}"><h3>${text(operation.summary)}</h3>
<p class="call"><span class="method">${method}</span><code>${text(path)}</code></p><p class="who">${text(operation.description)}</p>
${operation.parameters.length > 0 ? `<h4>Parameters</h4>${table(operation.parameters.map(parameterRow))}` : ''}
${body ? `<h4>Body</h4>${fields(body)}` : ''}
<h4>Example</h4><pre tabindex="0"><code>${text(curl(method, path, operation, origin, body))}</code></pre>
<h4>Answer ${text(answered[0])}</h4>${schema ? `<details><summary>Fields</summary>${fields(schema)}</details>${json(exampleOf(schema))}` : '<p>Empty.</p>'}
<p class="who">Otherwise ${Object.keys(operation.responses)
    .filter((code) => /^[45]/.test(code))
    .map(text)
    .join(', ')}: a problem that says why.</p></article>`;
}

function curl(method: string, path: string, operation: Operation, origin: string, body: Schema | undefined): string {
  const token = operation.security.some((one) => 'apiKey' in one) ? '$INLAY_KEY' : '$ACCESS_TOKEN';
  const isWriting = operation.parameters.some((one) => one.name === 'Idempotency-Key');
  const required = operation.parameters.filter((one) => one.in === 'query' && one.required);
  const query = required.map(({ name, schema }) => `${name}=${encodeURIComponent(String(exampleOf(schema, name)))}`).join('&');
  return [
    `curl ${method === 'GET' ? '' : `-X ${method} `}'${origin}${path}${query && `?${query}`}'`,
    ...(operation.security.length > 0 ? [`-H "authorization: Bearer ${token}"`] : []),
    ...(isWriting ? ['-H "idempotency-key: $(uuidgen)"'] : []),
    ...(body ? ["-H 'content-type: application/json'", `-d '${JSON.stringify(exampleOf(body), null, 2).replaceAll('\n', '\n  ')}'`] : []),
  ].join(' \\\n  ');
}

type Row = [name: string, type: string, note: string];
const parameterRow = ({ name, in: place, required, schema, description }: Parameter): Row => [
  name,
  typeOf(schema),
  [place, required ? 'required' : '', description ?? '', limits(schema)].filter(Boolean).join(' · '),
];

const fields = (schema: Schema): string => {
  const rows = fieldRows(schema, '', 0);
  return rows.length > 0 ? table(rows) : `<p>${text(typeOf(schema))}</p>`;
};

const DEEPEST = 4;
function fieldRows(schema: Schema, prefix: string, depth: number): Row[] {
  const inner = schema.anyOf?.find((one) => one.type === 'object' || one.type === 'array') ?? schema;
  if (inner.type === 'array' && inner.items) return fieldRows(inner.items, `${prefix}[]`, depth);
  if (!inner.properties || depth > DEEPEST) return [];
  return Object.entries(inner.properties).flatMap(([name, property]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    const isRequired = inner.required?.includes(name);
    const row: Row = [path, typeOf(property), [isRequired ? '' : 'optional', limits(property)].filter(Boolean).join(' · ')];
    return [row, ...fieldRows(property, path, depth + 1)];
  });
}

function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map(typeOf))].join(' | ');
  if (schema.type === 'array') return `${schema.items ? typeOf(schema.items) : 'any'}[]`;
  return [schema.type ?? 'any', schema.format && `(${schema.format})`].filter(Boolean).join(' ');
}

function limits({ default: fallback, minLength, maxLength, minimum, maximum }: Schema): string {
  const isBound = (value: number | undefined): value is number => value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  return [
    isBound(minLength) ? `at least ${characters(minLength)}` : '',
    isBound(maxLength) ? `at most ${characters(maxLength)}` : '',
    isBound(minimum) ? `from ${minimum}` : '',
    isBound(maximum) ? `to ${maximum}` : '',
    fallback === undefined ? '' : `default ${JSON.stringify(fallback)}`,
  ]
    .filter(Boolean)
    .join(', ');
}

const characters = (n: number): string => `${n} character${n === 1 ? '' : 's'}`;
const table = (rows: Row[]): string =>
  `<div class="wide"><table><thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">Notes</th></tr></thead><tbody>${rows
    .map(([name, type, note]) => `<tr><td><code>${text(name)}</code></td><td>${text(type)}</td><td>${text(note)}</td></tr>`)
    .join('')}</tbody></table></div>`;
const json = (value: unknown): string => `<pre tabindex="0"><code>${text(JSON.stringify(value, null, 2))}</code></pre>`;
const words = (name: string): string => name.replaceAll(/([A-Z])/g, ' $1').toLowerCase();
const text = (raw: string): string =>
  raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');

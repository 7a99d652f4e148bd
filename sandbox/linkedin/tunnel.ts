import { badRequest } from './li-error.ts';

interface Sent {
  method: string;
  search: string;
  text: string;
}

/** The two parts of a tunnelled call with a body: the query as a form, then the real body. */
function splitParts(text: string, type: string): { search: string; text: string } {
  const boundary = /boundary="?([^";]+)"?/.exec(type)?.[1];
  if (boundary === undefined) throw badRequest('A tunnelled request with a body needs a boundary');
  const parts = text
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => {
      const cut = part.indexOf('\r\n\r\n');
      return { head: part.slice(0, cut).toLowerCase(), content: part.slice(cut + 4).replace(/\r\n$/, '') };
    });
  const form = parts.find((part) => part.head.includes('application/x-www-form-urlencoded'));
  const body = parts.find((part) => part.head.includes('application/json'));
  if (form === undefined || body === undefined) throw badRequest('A tunnelled request has a form part and a JSON part');
  return { search: form.content, text: body.content };
}

/** Query tunnelling [D]: too long an address travels as POST with X-HTTP-Method-Override and the query in the body. */
export async function untunnel(request: Request, url: URL): Promise<Sent> {
  const search = url.search.slice(1);
  const text = request.body === null ? '' : await request.text();
  const override = request.headers.get('x-http-method-override');
  if (override === null || request.method !== 'POST') return { method: request.method, search, text };
  const method = override.toUpperCase();
  const type = request.headers.get('content-type') ?? '';
  if (type.startsWith('multipart/mixed')) return { method, ...splitParts(text, type) };
  if (!type.startsWith('application/x-www-form-urlencoded')) throw badRequest('X-HTTP-Method-Override needs a form body');
  return { method, search: text, text: '' };
}

import type { Context } from '../../../kernel/context.ts';
import { notFound } from '../../../kernel/errors.ts';

/** The bytes, as nothing but a picture: no sniffing, nothing runs in it, nobody else frames it. Null = there is none. */
export async function serveLogo(ctx: Context, key: string | null): Promise<Response> {
  const found = key === null ? null : await ctx.ports.bindings.MEDIA.get(key);
  const type = found?.httpMetadata?.contentType;
  if (!found || !type) throw notFound('logo');
  return new Response(found.body, {
    headers: {
      'content-type': type,
      'content-disposition': 'inline',
      'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    },
  });
}

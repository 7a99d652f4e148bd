export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** A page on which a person says yes or no, in a sober dress of its own: it imitates what a vendor asks, not its looks. */
export function consentPage(title: string, body: string, status = 200): Response {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>
:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0;display:grid;place-items:center;min-height:100vh;background:light-dark(#eef0f4,#17191e)}
main{width:min(26rem,92vw);background:light-dark(#fff,#22252c);border:1px solid light-dark(#d9dce3,#3a3e48);border-radius:12px;padding:28px}
h1{font-size:20px;margin:0 0 12px}ul{padding-inline-start:20px}form{display:flex;gap:12px;margin-top:24px}
button{font:inherit;padding:10px 20px;border-radius:8px;border:1px solid light-dark(#c3c7d1,#4c515e);background:transparent;color:inherit;cursor:pointer}
button.main{background:#1f5fbf;border-color:#1f5fbf;color:#fff}
</style><main><h1>${escapeHtml(title)}</h1>${body}</main></html>`;
  return new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action *",
    },
  });
}

/** Back to the app, with the answer and the state it came with. */
export function sendBack(redirectUri: string, answer: Record<string, string>, state: string | null): Response {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (state !== null) url.searchParams.set('state', state);
  return new Response(null, { status: 302, headers: { location: url.href } });
}

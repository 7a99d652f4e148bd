import { readFile } from 'node:fs/promises';

/** A page's stylesheet with the widget's documented host rules behind it; without a built widget the page stands alone. */
export async function pageStyle(own: string, widgetHostStyle: URL): Promise<Response> {
  let reserve = '';
  try {
    reserve = await readFile(widgetHostStyle, 'utf8');
  } catch {
    // A sandbox used without the product beside it.
  }
  return new Response(`${own}${reserve}`, { headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-store' } });
}

/** The parameter a creator's link arrives with, and the cart attribute that becomes a note attribute of the order. */
const PARAMETER = 'ilk';
const ATTRIBUTE = 'inlay_click';

export interface Shop {
  search: string;
  privacy: ShopifyPrivacy | undefined;
  onConsent(then: () => void): void;
  send: (url: string, init: RequestInit) => Promise<unknown>;
}

/**
 * Notes the click of a creator's link on the cart, if the visitor allows marketing; a later consent counts, no consent means no note.
 * Nothing is stored in the browser: the cart carries it. A failure is silent, because a coupon still tells whose sale it was.
 */
export async function carryClick({ search, privacy, onConsent, send }: Shop): Promise<void> {
  const click = new URLSearchParams(search).get(PARAMETER);
  if (click === null || !/^[\w.-]{1,128}$/.test(click)) return;
  const load = privacy?.loadFeatures;
  if (load === undefined) return;
  await new Promise<void>((resolve) => load([{ name: 'consent-tracking-api', version: '0.1' }], () => resolve()));

  const allowed = () => privacy?.customerPrivacy?.marketingAllowed() === true;
  const note = async () => {
    try {
      await send('/cart/update.js', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ attributes: { [ATTRIBUTE]: click } }),
      });
    } catch {
      // The shop's own cart did not answer; the visitor must not notice.
    }
  };
  if (allowed()) return note();
  onConsent(() => {
    if (allowed()) void note();
  });
}

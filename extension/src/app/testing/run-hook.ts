import { h, options, render } from 'preact';

/** What an element is to Preact as long as nothing is drawn into it. */
const NOWHERE = { nodeType: 1, childNodes: [], firstChild: null, namespaceURI: '', ownerDocument: null };

/** Runs a hook in a component that draws nothing, so that it needs no document. `settled` waits until nothing more comes of it. */
export function runHook<Given, Returned>(hook: (given: Given) => Returned, first: Given) {
  options.requestAnimationFrame = (run) => setTimeout(run);
  let returned: Returned;
  const Probe = ({ given }: { given: Given }): null => {
    returned = hook(given);
    return null;
  };
  const give = (given: Given): void => render(h(Probe, { given }), NOWHERE as unknown as Element);
  give(first);
  return {
    give,
    now: (): Returned => returned,
    async settled(): Promise<void> {
      for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setTimeout(resolve));
    },
  };
}

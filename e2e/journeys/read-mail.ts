import { control } from '../../local/sandbox-control.ts';
import { until } from '../../local/until.ts';
import type { Stack } from '../../local/stack.ts';

interface Mail {
  to: string[];
  text: string | null;
}

/** The address in the newest mail to somebody that leads to `path`, with its secret; each link is handed out once. */
export async function linkFromMail(stack: Stack, to: string, path: string): Promise<string> {
  return until(
    `a mail to ${to} that leads to ${path}`,
    async () => {
      const { mails } = await control<{ mails: Mail[] }>(stack.sandbox, 'GET', 'mailbox');
      const links = mails
        .filter((mail) => mail.to.includes(to))
        .flatMap((mail) => mail.text?.match(/https?:\/\/\S+#[\w-]+/g) ?? [])
        .filter((link) => new URL(link).pathname === path && !handedOut.has(link));
      const link = links.at(-1);
      if (link !== undefined) handedOut.add(link);
      return link;
    },
    30_000,
  );
}
const handedOut = new Set<string>();

/** Links in mails name the app's own origin; the journey's stack is that app. */
export function here(stack: Stack, link: string): string {
  const { pathname, hash } = new URL(link);
  return stack.origin + pathname + hash;
}

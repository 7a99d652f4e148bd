import { formatClientToken } from '#shared/rules/client-token.ts';
import type { SecretBox } from '../../kernel/secret-box.ts';

/** The token of one intent: computed, so that after total loss of memory it can be computed again and searched for. */
export async function clientToken(box: SecretBox, launchId: string, itemPath: string): Promise<string> {
  return formatClientToken(await box.mac('client-token', `${launchId}|${itemPath}`));
}

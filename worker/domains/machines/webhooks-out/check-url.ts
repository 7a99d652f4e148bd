import type { Ports } from '../../../kernel/context.ts';
import { readAddress, type AddressFault } from '../../../kernel/egress.ts';
import { AppError } from '../../../kernel/errors.ts';

const WORDS: Record<AddressFault, string> = {
  malformed: 'Give a whole address such as https://hooks.company.com/inlay.',
  not_https: 'Start with https://.',
  credentials: 'Leave name and password out; requests are signed instead.',
  port: 'Use port 443 or 8443.',
  not_public: 'Use a host that the public internet can reach.',
};

/** The address in its normal form. @throws invalid_input that names what is wrong with it */
export function checkUrl(ports: Ports, text: string): string {
  const read = readAddress(text, ports.settings, ports.settings.OUTSIDE_ORIGIN !== undefined);
  if ('url' in read) return read.url.href;
  throw new AppError('invalid_input', 'We cannot send to this address. Check url and send it again.', {
    fields: [{ path: 'url', message: WORDS[read.fault], reason: `url_${read.fault}` }],
  });
}

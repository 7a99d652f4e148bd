import { AppError } from '../../../kernel/errors.ts';

/** Neither a password nor a mail proves who a person with a second factor is. Dialogs know the reason and ask for a code. */
export const codeAsked = (message: string): AppError => new AppError('conflict', message, { reason: 'proof_by_code' });

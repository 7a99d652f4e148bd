/** One spelling of a password, however its signs were composed where it was typed. */
export const samePassword = (password: string): string => password.normalize('NFKC');

export { queueMail, type Mail } from './queue-mail.ts';
export type { MailData, MailTemplate } from './mail.ts';

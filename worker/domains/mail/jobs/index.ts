import { sendMail } from './send-mail.ts';

export const mailJobs = [sendMail];

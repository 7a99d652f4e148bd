import type { CrmPlatform } from '../crm-platform.ts';
import { contact } from './contact.ts';
import { verifyRequest } from './verify-request.ts';

export const hubspot: CrmPlatform = { id: 'hubspot', contact, verifyRequest };

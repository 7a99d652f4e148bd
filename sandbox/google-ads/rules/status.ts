import { refuse, type Operation } from '../operation.ts';
import type { Fields } from '../read-message.ts';

/** ENABLED when nothing is said; REMOVED has its own operation. */
export function checkStatus(op: Operation, fields: Fields, fallback = 'ENABLED'): void {
  const status = fields['status'] ?? fallback;
  if (status === 'REMOVED')
    throw refuse(
      op,
      'operationAccessDeniedError',
      'CREATE_AS_REMOVED_NOT_PERMITTED',
      'Cannot create or change an object to be REMOVED.',
      'status',
    );
  if (status === 'UNSPECIFIED' || status === 'UNKNOWN')
    throw refuse(op, 'enumError', 'ENUM_VALUE_NOT_PERMITTED', 'The enum value is not permitted.', 'status', status);
  fields['status'] = status;
}

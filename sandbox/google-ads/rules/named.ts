import { checkLength, missing, part, refuse, requiredText, unique, type Operation } from '../operation.ts';
import { messageOf } from '../proto-schema.ts';
import type { Fields } from '../read-message.ts';
import { isRemoved, type Rule } from './rule.ts';

interface Naming {
  type: string;
  group: string;
  reason: string;
  most: number;
}

/** Things of an account that are found by a name of their own. */
function named(naming: Naming, complete: (op: Operation, fields: Fields) => void, removal: 'gone' | 'status' | null): Rule {
  const key = (customerId: string, name: string): string => `${naming.type} ${customerId} ${name.toLowerCase()}`;
  const check = (op: Operation, fields: Fields, self: string | null): void => {
    const name = requiredText(op, fields, 'name');
    checkLength(op, name, naming.most, 'name');
    unique(op, key(op.caller.customerId, name), self, naming.group, naming.reason, 'The name is already in use.', name);
  };
  return {
    create(op, fields) {
      check(op, fields, null);
      complete(op, fields);
    },
    update: (op, fields, before) => check(op, fields, before.name),
    keys: (fields, customerId) => (isRemoved(fields) ? [] : [key(customerId, String(fields['name']))]),
    ...(removal === null ? {} : { removal }),
  };
}

export const label: Rule = named(
  { type: 'label', group: 'labelError', reason: 'DUPLICATE_NAME', most: 80 },
  (op, fields) => {
    const color = part(fields['textLabel'])['backgroundColor'];
    if (color !== undefined && !/^#[0-9A-Fa-f]{6}$/.test(String(color)))
      throw refuse(
        op,
        'stringFormatError',
        'INVALID_FORMAT',
        'The string does not have the expected format.',
        'text_label.background_color',
        color,
      );
    fields['status'] = 'ENABLED';
  },
  'gone',
);

export const conversionAction: Rule = named(
  { type: 'conversion_action', group: 'conversionActionError', reason: 'DUPLICATE_NAME', most: 100 },
  (op, fields) => {
    if (fields['type'] === undefined) throw missing(op, 'type');
    fields['status'] ??= 'ENABLED';
    fields['category'] ??= 'DEFAULT';
    fields['countingType'] ??= 'MANY_PER_CLICK';
    fields['clickThroughLookbackWindowDays'] ??= '30';
    fields['primaryForGoal'] ??= true;
    fields['includeInConversionsMetric'] = true;
    fields['ownerCustomer'] = `customers/${op.caller.customerId}`;
    fields['origin'] = 'WEBSITE';
  },
  'status',
);

const LISTS = messageOf('resources.UserList').fields.filter((field) => field.o === 'user_list');
const LIST_TYPES: Record<string, string | undefined> = {
  crmBasedUserList: 'CRM_BASED',
  ruleBasedUserList: 'RULE_BASED',
  logicalUserList: 'LOGICAL',
  basicUserList: 'REMARKETING',
  lookalikeUserList: 'LOOKALIKE',
};

export const userList: Rule = named(
  { type: 'user_list', group: 'userListError', reason: 'NAME_ALREADY_USED', most: 255 },
  (op, fields) => {
    const kind = LISTS.find((field) => fields[field.camel] !== undefined);
    if (kind === undefined)
      throw refuse(op, 'userListError', 'CONCRETE_TYPE_REQUIRED', 'Concrete type of user list is required.', 'user_list');
    Object.assign(fields, {
      type: LIST_TYPES[kind.camel],
      membershipStatus: fields['membershipStatus'] ?? 'OPEN',
      membershipLifeSpan: fields['membershipLifeSpan'] ?? '30',
      sizeForDisplay: '0',
      sizeForSearch: '0',
      sizeRangeForDisplay: 'LESS_THAN_FIVE_HUNDRED',
      eligibleForSearch: fields['eligibleForSearch'] ?? true,
      eligibleForDisplay: true,
      readOnly: false,
      accessReason: 'OWNED',
      accountUserListStatus: 'ENABLED',
    });
  },
  'gone',
);

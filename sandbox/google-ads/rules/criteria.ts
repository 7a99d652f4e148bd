import { follow, listOf, missing, part, refuse, requiredText, text, type Operation } from '../operation.ts';
import { camelOf, messageOf, type ProtoField } from '../proto-schema.ts';
import type { Fields } from '../read-message.ts';
import type { Rule } from './rule.ts';
import { checkStatus } from './status.ts';

/** Constants have no customer: they are the same for all. */
function constant(op: Operation, criterion: Fields, camel: string, collection: string, reason: string, field: string): void {
  const name = text(criterion[camel]);
  if (name === null || !name.startsWith(`${collection}/`) || op.world.store.get(name) === undefined)
    throw refuse(op, 'criterionError', reason, 'There is no such criterion.', field, name ?? '');
}

function checkKeyword(op: Operation, keyword: Fields): void {
  const words = requiredText(op, keyword, 'text', 'keyword.text');
  if (words.length > 80)
    throw refuse(op, 'criterionError', 'KEYWORD_TEXT_TOO_LONG', 'Keyword text should be less than 80 characters.', 'keyword.text', words);
  if (words.split(/\s+/).length > 10)
    throw refuse(op, 'criterionError', 'KEYWORD_HAS_TOO_MANY_WORDS', 'Keyword text has too many words.', 'keyword.text', words);
  if (/[!@%,*]/.test(words))
    throw refuse(op, 'criterionError', 'KEYWORD_HAS_INVALID_CHARS', 'Keyword text has invalid characters.', 'keyword.text', words);
  requiredText(op, keyword, 'matchType', 'keyword.match_type');
}

function checkCriterion(op: Operation, criterion: Fields, field: ProtoField): void {
  switch (field.camel) {
    case 'keyword':
      return checkKeyword(op, criterion);
    case 'location':
      return constant(op, criterion, 'geoTargetConstant', 'geoTargetConstants', 'INVALID_CRITERION_ID', 'location.geo_target_constant');
    case 'language':
      return constant(op, criterion, 'languageConstant', 'languageConstants', 'INVALID_CRITERION_ID', 'language.language_constant');
    case 'userList':
      follow(op, criterion['userList'], 'user_list', 'user_list.user_list');
      return;
    case 'audience':
      follow(op, criterion['audience'], 'audience', 'audience.audience');
  }
}

/** A place, a language or a list of people: once under the same parent. */
const criterion = (parent: string, message: string): Rule => {
  const kinds = messageOf(message).fields.filter((field) => field.o === 'criterion');
  const keyOf = (fields: Fields): string => {
    const kind = kinds.find((field) => fields[field.camel] !== undefined);
    return `${message} ${String(fields[camelOf(parent)])} ${kind?.camel} ${JSON.stringify(kind && fields[kind.camel])} ${String(fields['negative'] ?? false)}`;
  };
  return {
    create(op, fields) {
      follow(op, fields[camelOf(parent)], parent, parent);
      const kind = kinds.find((field) => fields[field.camel] !== undefined);
      if (kind === undefined)
        throw refuse(op, 'criterionError', 'CONCRETE_TYPE_REQUIRED', 'Concrete type of criterion is required.', 'criterion');
      checkCriterion(op, part(fields[kind.camel]), kind);
      if (op.world.store.byKey(keyOf(fields)).length > 0)
        throw refuse(op, 'mutateError', 'RESOURCE_ALREADY_EXISTS', 'The criterion exists already.', kind.snake);
      fields['type'] = kind.snake.toUpperCase();
      fields['negative'] ??= false;
      fields['criterionId'] = String(fields['resourceName']).split('~')[1];
      checkStatus(op, fields);
    },
    keys: (fields) => [keyOf(fields), `in ${String(fields[camelOf(parent)])}`],
    removal: 'gone',
  };
};

export const campaignCriterion = criterion('campaign', 'resources.CampaignCriterion');
export const adGroupCriterion = criterion('ad_group', 'resources.AdGroupCriterion');

export const assetGroupSignal: Rule = {
  create(op, fields) {
    follow(op, fields['assetGroup'], 'asset_group', 'asset_group');
    if (fields['audience'] === undefined && fields['searchTheme'] === undefined) throw missing(op, 'signal');
    if (fields['audience'] !== undefined) follow(op, part(fields['audience'])['audience'], 'audience', 'audience.audience');
    fields['approvalStatus'] = 'APPROVED';
  },
  keys: (fields) => [`in ${String(fields['assetGroup'])}`],
  removal: 'gone',
};

export const audience: Rule = {
  create(op, fields) {
    const name = requiredText(op, fields, 'name');
    const key = `audience ${op.caller.customerId} ${name}`;
    if (op.world.store.byKey(key).length > 0)
      throw refuse(op, 'audienceError', 'NAME_ALREADY_IN_USE', 'An audience with this name already exists.', 'name', name);
    if (listOf(fields['dimensions']).length === 0)
      throw refuse(op, 'fieldError', 'REQUIRED_NONEMPTY_LIST', 'The audience has no dimension.', 'dimensions');
    fields['status'] = 'ENABLED';
    fields['scope'] ??= 'CUSTOMER';
  },
  keys: (fields, customerId) => (fields['status'] === 'REMOVED' ? [] : [`audience ${customerId} ${String(fields['name'])}`]),
};

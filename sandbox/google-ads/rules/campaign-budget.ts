import { checkLength, customerOf, missing, refuse, text, unique, type Operation } from '../operation.ts';
import type { Fields } from '../read-message.ts';
import { isRemoved, type Rule } from './rule.ts';

const nameKey = (customerId: string, name: string): string => `campaign_budget ${customerId} ${name}`;
const usersKey = (budget: string): string => `campaign of budget ${budget}`;

/** Smallest coin in micros: yen have none below one. */
const UNITS: Record<string, number> = { JPY: 1_000_000 };

function checkMoney(op: Operation, fields: Fields): void {
  const isTotal = fields['period'] === 'CUSTOM_PERIOD';
  const camel = isTotal ? 'totalAmountMicros' : 'amountMicros';
  const field = isTotal ? 'total_amount_micros' : 'amount_micros';
  const value = fields[camel];
  if (value === undefined) throw missing(op, field);
  if (!isTotal && fields['totalAmountMicros'] !== undefined)
    throw refuse(
      op,
      'campaignBudgetError',
      'TOTAL_BUDGET_AMOUNT_MUST_BE_UNSET_FOR_BUDGET_PERIOD_DAILY',
      'The total_amount must be unset for a daily budget.',
      'total_amount_micros',
    );
  const micros = Number(value);
  if (micros <= 0)
    throw refuse(op, 'campaignBudgetError', 'NEGATIVE_MONEY_AMOUNT', 'The money amount must be greater than zero.', field, value);
  const unit = UNITS[String(customerOf(op).fields['currencyCode'])] ?? 10_000;
  if (micros % unit !== 0)
    throw refuse(
      op,
      'campaignBudgetError',
      'NON_MULTIPLE_OF_MINIMUM_CURRENCY_UNIT',
      'A money amount is not a multiple of a minimum unit.',
      field,
      value,
    );
}

function checkName(op: Operation, fields: Fields, self: string | null): void {
  const name = text(fields['name']);
  // Shared is what an unsaid explicitly_shared means, and a shared budget needs a name.
  if (fields['explicitlyShared'] !== false && (name === null || name === '')) throw missing(op, 'name');
  if (name === null) return;
  checkLength(op, name, 255, 'name');
  unique(
    op,
    nameKey(op.caller.customerId, name),
    self,
    'campaignBudgetError',
    'DUPLICATE_NAME',
    'A campaign budget with this name already exists.',
    name,
  );
}

export const campaignBudget: Rule = {
  create(op, fields) {
    fields['explicitlyShared'] ??= true;
    fields['deliveryMethod'] ??= 'STANDARD';
    fields['period'] ??= 'DAILY';
    fields['type'] ??= 'STANDARD';
    fields['status'] = 'ENABLED';
    checkMoney(op, fields);
    checkName(op, fields, null);
  },
  update(op, fields, before) {
    if (before.fields['explicitlyShared'] === true && fields['explicitlyShared'] === false)
      throw refuse(
        op,
        'campaignBudgetError',
        'CANNOT_UPDATE_CAMPAIGN_BUDGET_TO_IMPLICITLY_SHARED',
        'Cannot change a shared budget to one that is not.',
        'explicitly_shared',
      );
    checkMoney(op, fields);
    checkName(op, fields, before.name);
  },
  keys: (fields, customerId) => {
    const name = text(fields['name']);
    return name === null || isRemoved(fields) ? [] : [nameKey(customerId, name)];
  },
  removal: 'status',
  removed(op, before) {
    if (op.world.store.byKey(usersKey(before.name)).length > 0)
      throw refuse(op, 'campaignBudgetError', 'CAMPAIGN_BUDGET_IN_USE', 'The campaign budget is associated with at least one campaign.');
  },
};

/** A budget that is not shared serves one campaign; other campaigns may not take it. */
export function checkBudgetUse(op: Operation, budget: string, self: string | null, mayShare: boolean): void {
  const fields = op.world.store.get(budget)?.fields;
  if (fields === undefined) return;
  if (!mayShare && fields['explicitlyShared'] === true)
    throw refuse(
      op,
      'campaignError',
      'BUDGET_CANNOT_BE_SHARED',
      'The campaign budget cannot be shared with this type of campaign.',
      'campaign_budget',
      budget,
    );
  const users = op.world.store.byKey(usersKey(budget)).filter((one) => one.name !== self);
  if (fields['explicitlyShared'] === false && users.length > 0)
    throw refuse(
      op,
      'campaignBudgetError',
      'CANNOT_USE_IMPLICITLY_SHARED_CAMPAIGN_BUDGET_WITH_MULTIPLE_CAMPAIGNS',
      'A budget that is not shared serves one campaign only.',
      'campaign_budget',
      budget,
    );
}

export { usersKey as budgetUsersKey };

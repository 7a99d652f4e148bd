import { toDecimal } from './money.ts';

export interface MoneySet {
  shop_money: { amount: string; currency_code: string };
  presentment_money: { amount: string; currency_code: string };
}

/** Webhook form of one amount. Shop and buyer currency are the same here. */
export function moneySet(minor: number, currency: string): MoneySet {
  const money = { amount: toDecimal(minor, currency), currency_code: currency };
  return { shop_money: money, presentment_money: { ...money } };
}

/** GraphQL form of one amount. */
export function moneyBag(minor: number, currency: string): { shopMoney: object; presentmentMoney: object } {
  const money = { __typename: 'MoneyV2', amount: toDecimal(minor, currency), currencyCode: currency };
  return { shopMoney: money, presentmentMoney: money };
}

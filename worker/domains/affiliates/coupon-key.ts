/** Coupons are compared trimmed and in upper case: "creator10 " and "CREATOR10" are one. */
export const couponKey = (text: string): string => text.trim().toUpperCase();

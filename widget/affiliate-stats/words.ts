import type { Said } from '../ui/words.ts';

export const WORDS = {
  title: ['Your figures', 'Vos chiffres', 'أرقامك'],
  titleOf: ['Your figures, {name}', 'Vos chiffres, {name}', 'أرقامك، {name}'],
  clicks: ['Clicks', 'Clics', 'النقرات'],
  orders: ['Orders', 'Commandes', 'الطلبات'],
  sales: ['Net sales', 'Ventes nettes', 'صافي المبيعات'],
  commission: ['Commission', 'Commission', 'العمولة'],
  pending: ['Pending', 'En attente', 'قيد الانتظار'],
  link: ['Your link', 'Votre lien', 'رابطك'],
  coupon: ['Your code', 'Votre code', 'رمزك'],
  copy: ['Copy', 'Copier', 'نسخ'],
  copied: ['Copied', 'Copié', 'تم النسخ'],
  signIn: ['Sign in to see your figures', 'Connectez-vous pour voir vos chiffres', 'سجّل الدخول لعرض أرقامك'],
  notLinked: [
    'This account is not linked to a creator yet',
    'Ce compte n’est pas encore lié à un créateur',
    'هذا الحساب غير مرتبط بصانع محتوى بعد',
  ],
  unknown: ['Not known yet', 'Pas encore connu', 'غير معروف بعد'],
} as const satisfies Record<string, Said>;

/** Reasons the API gives for a figure it cannot give; another one is shown as it is. */
export const NULL_REASONS: Record<string, Said> = {
  not_linked: WORDS.notLinked,
  no_orders: ['No orders yet', 'Pas encore de commande', 'لا توجد طلبات بعد'],
  no_clicks: ['No clicks yet', 'Pas encore de clic', 'لا توجد نقرات بعد'],
  not_connected: ['The shop is not connected', 'La boutique n’est pas connectée', 'المتجر غير متصل'],
  currency_differs: ['Orders in several currencies', 'Commandes en plusieurs devises', 'طلبات بعملات مختلفة'],
};

import type { Said } from '../ui/words.ts';

export const WORDS = {
  title: ['Where this lead came from', 'Origine de ce prospect', 'مصدر هذا العميل المحتمل'],
  form: ['Form: {form}', 'Formulaire : {form}', 'النموذج: {form}'],
  touches: ['First touch {first}, latest {latest}', 'Premier contact {first}, dernier {latest}', 'أول تفاعل {first}، آخر تفاعل {latest}'],
  touch: ['Touch on {first}', 'Contact le {first}', 'التفاعل في {first}'],
  openAd: ['Open the ad', 'Ouvrir la publicité', 'فتح الإعلان'],
  cost: ['Cost', 'Coût', 'التكلفة'],
  allocated: ['allocated, not charged', 'réparti, non facturé', 'موزّعة وغير محصّلة'],
  noSpend: ['that day’s spend is not known yet', 'dépense du jour encore inconnue', 'إنفاق ذلك اليوم غير معروف بعد'],
  returned: ['Returned', 'Rapporté', 'العائد'],
  orders: ['Orders: {orders}', 'Commandes : {orders}', 'الطلبات: {orders}'],
  refunded: ['Refunded: {refunded}', 'Remboursé : {refunded}', 'المسترد: {refunded}'],
  leadRoas: ['ROAS of this lead', 'ROAS de ce prospect', 'عائد الإنفاق لهذا العميل'],
  cohort: ['Cohort: {roas}', 'Cohorte : {roas}', 'المجموعة: {roas}'],
  interval: ['{roas} ({low} to {high})', '{roas} ({low} à {high})', '{roas} ({low} إلى {high})'],
  tooFew: ['too few to say', 'trop peu pour conclure', 'العدد قليل جدًا للحكم'],
  how: ['How this is worked out', 'Détail du calcul', 'طريقة الحساب'],
  sumCost: [
    'Cost: spend of the ad on {day} ({spend}) ÷ leads of that day ({leads}) {equals} {cost}',
    'Coût : dépense de la publicité le {day} ({spend}) ÷ prospects du jour ({leads}) {equals} {cost}',
    'التكلفة: إنفاق الإعلان في {day} ({spend}) ÷ عملاء ذلك اليوم ({leads}) {equals} {cost}',
  ],
  sumRoas: [
    'ROAS of this lead: ({won} won − {refunded} refunded) ÷ {cost}',
    'ROAS de ce prospect : ({won} gagnés − {refunded} remboursés) ÷ {cost}',
    'عائد هذا العميل: ({won} محقق − {refunded} مسترد) ÷ {cost}',
  ],
  cohortCost: ['Cost per lead of the cohort: {cost}', 'Coût par prospect de la cohorte : {cost}', 'تكلفة العميل في المجموعة: {cost}'],
  cohortSum: [
    'Cohort: revenue {revenue} ÷ spend {spend}; {percent} interval {low} to {high}',
    'Cohorte : revenu {revenue} ÷ dépense {spend} ; intervalle à {percent} de {low} à {high}',
    'المجموعة: الإيراد {revenue} ÷ الإنفاق {spend}؛ فاصل {percent} من {low} إلى {high}',
  ],
  method: ['Last touch, window {days}', 'Dernier contact, fenêtre {days}', 'آخر تفاعل، النافذة {days}'],
  matched: ['Matched by {by}, {certainty}', 'Rapproché par {by}, {certainty}', 'تمت المطابقة عبر {by}، {certainty}'],
  exact: ['exact', 'exact', 'مؤكدة'],
  probable: ['probable', 'probable', 'محتملة'],
} as const satisfies Record<string, Said>;

/** Keys the matching rule uses; another one is shown as it is. */
export const MATCHED_BY: Record<string, Said> = {
  meta_lead: ['lead form', 'formulaire', 'نموذج العميل'],
  click_id: ['ad click', 'clic publicitaire', 'نقرة الإعلان'],
  email: ['e-mail', 'e-mail', 'البريد الإلكتروني'],
  phone: ['phone', 'téléphone', 'الهاتف'],
  shop_customer: ['shop account', 'compte client', 'حساب المتجر'],
  crm_contact: ['CRM contact', 'contact CRM', 'جهة اتصال CRM'],
};

export const NO_CARD: Record<'not_found' | 'no_lead' | 'no_ad' | 'several_portals', Said> = {
  not_found: ['Inlay does not know this contact yet', 'Inlay ne connaît pas encore ce contact', 'لا يعرف Inlay جهة الاتصال هذه بعد'],
  no_lead: [
    'This contact did not come from a lead form',
    'Ce contact ne vient pas d’un formulaire publicitaire',
    'لم تأتِ جهة الاتصال هذه من نموذج إعلاني',
  ],
  no_ad: ['No ad is known for this lead', 'Aucune publicité connue pour ce prospect', 'لا يوجد إعلان معروف لهذا العميل'],
  several_portals: [
    'Several HubSpot accounts are connected; this page has to say which one',
    'Plusieurs comptes HubSpot sont connectés ; cette page doit dire lequel',
    'هناك عدة حسابات HubSpot متصلة؛ يجب أن تحدد هذه الصفحة أيّها',
  ],
};

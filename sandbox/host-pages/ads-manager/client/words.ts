/** The page's own words, so that nothing in a table can be recognised by its text. */
const EN = {
  campaigns: 'Campaigns', adsets: 'Ad sets', ads: 'Ads', create: 'Create', duplicate: 'Duplicate', edit: 'Edit', more: 'More', search: 'Search and filter', columns: 'Columns: Performance', breakdown: 'Breakdown',
  reports: 'Reports', refresh: 'Refresh', review: 'Review and publish', title: 'Campaigns', selected: '{n} selected', results: 'Results from {n}', loading: 'Loading…', none: 'No account with this id', last: 'Last {n} days',
  on: 'On', name: 'Name', delivery: 'Delivery', budget: 'Budget', spend: 'Amount spent', impressions: 'Impressions', clicks: 'Link clicks', ctr: 'CTR', cpc: 'CPC', cpm: 'CPM', result: 'Results', cost: 'Cost per result', id: 'ID', attribution: 'Attribution setting',
  ACTIVE: 'Active', PAUSED: 'Off', OTHER: 'Not delivering', daily: 'Daily', attributionValue: '7-day click', account: 'Account', all: 'All ads', active: 'Active ads', had: 'Had delivery',
};
export type Words = typeof EN;

const FR: Words = {
  campaigns: 'Campagnes', adsets: 'Ensembles de publicités', ads: 'Publicités', create: 'Créer', duplicate: 'Dupliquer', edit: 'Modifier', more: 'Plus', search: 'Rechercher et filtrer', columns: 'Colonnes : performances', breakdown: 'Répartition',
  reports: 'Rapports', refresh: 'Actualiser', review: 'Vérifier et publier', title: 'Campagnes', selected: '{n} sélectionnés', results: 'Résultats de {n}', loading: 'Chargement…', none: 'Aucun compte avec cet identifiant', last: '{n} derniers jours',
  on: 'Activé', name: 'Nom', delivery: 'Diffusion', budget: 'Budget', spend: 'Montant dépensé', impressions: 'Impressions', clicks: 'Clics sur un lien', ctr: 'CTR', cpc: 'CPC', cpm: 'CPM', result: 'Résultats', cost: 'Coût par résultat', id: 'Identifiant', attribution: 'Paramètre d’attribution',
  ACTIVE: 'Active', PAUSED: 'Désactivée', OTHER: 'Sans diffusion', daily: 'Quotidien', attributionValue: 'Clic 7 jours', account: 'Compte', all: 'Toutes', active: 'Actives', had: 'Avec diffusion',
};
const AR: Words = {
  campaigns: 'الحملات', adsets: 'مجموعات الإعلانات', ads: 'الإعلانات', create: 'إنشاء', duplicate: 'تكرار', edit: 'تعديل', more: 'المزيد', search: 'بحث وتصفية', columns: 'الأعمدة: الأداء', breakdown: 'التفاصيل',
  reports: 'التقارير', refresh: 'تحديث', review: 'مراجعة ونشر', title: 'الحملات', selected: 'تم تحديد {n}', results: 'نتائج من {n}', loading: 'جارٍ التحميل…', none: 'لا يوجد حساب بهذا المعرّف', last: 'آخر {n} يومًا',
  on: 'تشغيل', name: 'الاسم', delivery: 'العرض', budget: 'الميزانية', spend: 'المبلغ المنفق', impressions: 'مرات الظهور', clicks: 'نقرات الرابط', ctr: 'نسبة النقر', cpc: 'تكلفة النقرة', cpm: 'تكلفة الألف', result: 'النتائج', cost: 'تكلفة النتيجة', id: 'المعرّف', attribution: 'إعداد الإسناد',
  ACTIVE: 'نشط', PAUSED: 'متوقف', OTHER: 'غير معروض', daily: 'يومي', attributionValue: 'نقرة خلال 7 أيام', account: 'الحساب', all: 'كل الإعلانات', active: 'النشطة', had: 'تم عرضها',
};
const JA: Words = {
  campaigns: 'キャンペーン', adsets: '広告セット', ads: '広告', create: '作成', duplicate: '複製', edit: '編集', more: 'その他', search: '検索とフィルター', columns: '列：パフォーマンス', breakdown: '内訳',
  reports: 'レポート', refresh: '更新', review: '確認して公開', title: 'キャンペーン', selected: '{n}件選択済み', results: '{n}件の結果', loading: '読み込み中…', none: 'このIDのアカウントはありません', last: '過去{n}日間',
  on: 'オン', name: '名前', delivery: '配信', budget: '予算', spend: '消化金額', impressions: 'インプレッション', clicks: 'リンククリック', ctr: 'CTR', cpc: 'CPC', cpm: 'CPM', result: '結果', cost: '結果の単価', id: 'ID', attribution: 'アトリビューション設定',
  ACTIVE: 'アクティブ', PAUSED: 'オフ', OTHER: '配信なし', daily: '1日あたり', attributionValue: 'クリック後7日間', account: 'アカウント', all: 'すべての広告', active: 'アクティブ', had: '配信あり',
};

export const wordsFor = (lang: string): Words => ({ fr: FR, ar: AR, ja: JA } as Record<string, Words>)[lang.slice(0, 2)] ?? EN;
export const fill = (text: string, n: number | string): string => text.replace('{n}', String(n));

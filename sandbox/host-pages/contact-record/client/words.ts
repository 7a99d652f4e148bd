const EN = {
  contacts: 'Contacts', actions: 'Actions', about: 'About this contact', note: 'Note', mail: 'Email', call: 'Call', task: 'Task', meeting: 'Meeting', overview: 'Overview', activities: 'Activities', intelligence: 'Properties history',
  companies: 'Companies', deals: 'Deals', none: 'None yet', add: '+ Add', created: 'Contact created', from: 'from', changed: 'changed to', where: 'Where this contact came from', card: 'Ad return', cardOff: 'This card is not available right now.', cardNone: 'No ad is known for this contact.', missing: 'This record does not exist',
  email: 'Email', phone: 'Phone number', lifecyclestage: 'Lifecycle stage', hs_lead_status: 'Lead status', company: 'Company', jobtitle: 'Job title', city: 'City', country: 'Country', hs_analytics_source: 'Original source', createdate: 'Create date',
  campaign: 'Campaign', ad: 'Ad', cost: 'Allocated cost', returns: 'Returned', crm: 'CRM', marketing: 'Marketing', reports: 'Reports', automations: 'Automations', previous: 'Previous', next: 'Next',
};
export type Words = typeof EN;
const FR: Words = {
  contacts: 'Contacts', actions: 'Actions', about: 'À propos de ce contact', note: 'Note', mail: 'E-mail', call: 'Appel', task: 'Tâche', meeting: 'Réunion', overview: 'Vue d’ensemble', activities: 'Activités', intelligence: 'Historique des propriétés',
  companies: 'Entreprises', deals: 'Transactions', none: 'Aucun pour le moment', add: '+ Ajouter', created: 'Contact créé', from: 'de', changed: 'changé en', where: 'D’où vient ce contact', card: 'Retour publicitaire', cardOff: 'Cette carte n’est pas disponible pour le moment.', cardNone: 'Aucune publicité connue pour ce contact.', missing: 'Cette fiche n’existe pas',
  email: 'E-mail', phone: 'Numéro de téléphone', lifecyclestage: 'Phase du cycle de vie', hs_lead_status: 'Statut du lead', company: 'Entreprise', jobtitle: 'Poste', city: 'Ville', country: 'Pays', hs_analytics_source: 'Source d’origine', createdate: 'Date de création',
  campaign: 'Campagne', ad: 'Publicité', cost: 'Coût alloué', returns: 'Rapporté', crm: 'CRM', marketing: 'Marketing', reports: 'Rapports', automations: 'Automatisations', previous: 'Précédent', next: 'Suivant',
};
const AR: Words = {
  contacts: 'جهات الاتصال', actions: 'إجراءات', about: 'حول جهة الاتصال', note: 'ملاحظة', mail: 'بريد', call: 'اتصال', task: 'مهمة', meeting: 'اجتماع', overview: 'نظرة عامة', activities: 'الأنشطة', intelligence: 'سجل الخصائص',
  companies: 'الشركات', deals: 'الصفقات', none: 'لا شيء بعد', add: '+ إضافة', created: 'تم إنشاء جهة الاتصال', from: 'من', changed: 'تغيّر إلى', where: 'من أين أتت جهة الاتصال', card: 'عائد الإعلان', cardOff: 'هذه البطاقة غير متاحة الآن.', cardNone: 'لا يوجد إعلان معروف لهذه الجهة.', missing: 'هذا السجل غير موجود',
  email: 'البريد الإلكتروني', phone: 'رقم الهاتف', lifecyclestage: 'مرحلة دورة الحياة', hs_lead_status: 'حالة العميل المحتمل', company: 'الشركة', jobtitle: 'المسمى الوظيفي', city: 'المدينة', country: 'البلد', hs_analytics_source: 'المصدر الأصلي', createdate: 'تاريخ الإنشاء',
  campaign: 'الحملة', ad: 'الإعلان', cost: 'التكلفة المخصصة', returns: 'العائد', crm: 'العملاء', marketing: 'التسويق', reports: 'التقارير', automations: 'الأتمتة', previous: 'السابق', next: 'التالي',
};
export const wordsFor = (language: string): Words => ({ fr: FR, ar: AR } as Record<string, Words>)[language] ?? EN;

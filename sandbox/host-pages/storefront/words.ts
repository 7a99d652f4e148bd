const EN = {
  shop: 'Shop', about: 'About', account: 'Account', cart: 'Cart', add: 'Add to cart', quantity: 'Quantity', details: 'Details and care', detailsText: 'Wipe clean with a damp cloth. Repairs are free for five years.', shipping: 'Shipping and returns', shippingText: 'Ships in two days. Send it back within 30 days, unused.',
  checkout: 'Checkout', email: 'Email', phone: 'Phone (optional)', code: 'Discount code', pay: 'Place order', total: 'Total', empty: 'Your cart is empty.', thanks: 'Thank you, your order is placed', order: 'Order', signIn: 'Sign in', also: 'You may also like', tax: 'Taxes included. Shipping calculated at checkout.', creators: 'For our creators', signedIn: 'You are signed in as', signOut: 'Sign out', badCode: 'This code does not exist.', stock: 'In stock, ready to ship',
};
export type Words = typeof EN;
const FR: Words = {
  shop: 'Boutique', about: 'À propos', account: 'Compte', cart: 'Panier', add: 'Ajouter au panier', quantity: 'Quantité', details: 'Détails et entretien', detailsText: 'Nettoyer avec un chiffon humide. Réparations offertes pendant cinq ans.', shipping: 'Livraison et retours', shippingText: 'Expédié sous deux jours. Retour possible sous 30 jours, article non utilisé.',
  checkout: 'Paiement', email: 'E-mail', phone: 'Téléphone (facultatif)', code: 'Code de réduction', pay: 'Commander', total: 'Total', empty: 'Votre panier est vide.', thanks: 'Merci, votre commande est enregistrée', order: 'Commande', signIn: 'Se connecter', also: 'Vous aimerez aussi', tax: 'Taxes comprises. Frais d’envoi calculés au paiement.', creators: 'Pour nos créateurs', signedIn: 'Vous êtes connecté en tant que', signOut: 'Se déconnecter', badCode: 'Ce code n’existe pas.', stock: 'En stock, prêt à être expédié',
};
const AR: Words = {
  shop: 'المتجر', about: 'من نحن', account: 'الحساب', cart: 'السلة', add: 'أضف إلى السلة', quantity: 'الكمية', details: 'التفاصيل والعناية', detailsText: 'يُنظَّف بقطعة قماش رطبة. الإصلاح مجاني لخمس سنوات.', shipping: 'الشحن والإرجاع', shippingText: 'يُشحن خلال يومين. يمكن الإرجاع خلال 30 يومًا دون استخدام.',
  checkout: 'الدفع', email: 'البريد الإلكتروني', phone: 'الهاتف (اختياري)', code: 'رمز الخصم', pay: 'تأكيد الطلب', total: 'الإجمالي', empty: 'سلتك فارغة.', thanks: 'شكرًا لك، تم تسجيل طلبك', order: 'الطلب', signIn: 'تسجيل الدخول', also: 'قد يعجبك أيضًا', tax: 'شامل الضرائب. يُحسب الشحن عند الدفع.', creators: 'لصنّاع المحتوى', signedIn: 'أنت مسجل الدخول باسم', signOut: 'تسجيل الخروج', badCode: 'هذا الرمز غير موجود.', stock: 'متوفر وجاهز للشحن',
};
export const wordsFor = (language: string): Words => ({ fr: FR, ar: AR } as Record<string, Words>)[language] ?? EN;

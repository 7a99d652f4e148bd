import { checkLength, listOf, part, refuse, requiredText, text, type Operation } from '../operation.ts';
import { checkUrls } from './ad-texts.ts';
import type { Fields } from '../read-message.ts';

/** Required by the protos [S]; lengths and the way in of a webhook are the help page's [K]. */
export function checkLeadForm(op: Operation, form: Fields): void {
  for (const [camel, snake, most] of [
    ['businessName', 'business_name', 25],
    ['headline', 'headline', 30],
    ['description', 'description', 200],
    ['callToActionDescription', 'call_to_action_description', 30],
  ] as const)
    checkLength(op, requiredText(op, form, camel, `lead_form_asset.${snake}`), most, `lead_form_asset.${snake}`);
  requiredText(op, form, 'callToActionType', 'lead_form_asset.call_to_action_type');
  checkUrls(op, [requiredText(op, form, 'privacyPolicyUrl', 'lead_form_asset.privacy_policy_url')], 'lead_form_asset.privacy_policy_url');
  const asked = listOf(form['fields']).map((one) => part(one)['inputType']);
  if (asked.length === 0) throw refuse(op, 'fieldError', 'REQUIRED_NONEMPTY_LIST', 'The form asks for nothing.', 'lead_form_asset.fields');
  if (new Set(asked).size < asked.length)
    throw refuse(op, 'assetError', 'LEAD_FORM_INVALID_FIELDS_COMBINATION', 'The form asks twice for the same.', 'lead_form_asset.fields');
  for (const method of listOf(form['deliveryMethods'])) {
    const hook = part(part(method)['webhook']);
    const url = requiredText(op, hook, 'advertiserWebhookUrl', 'lead_form_asset.delivery_methods.webhook.advertiser_webhook_url');
    if (!url.startsWith('https://') && !/^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(url))
      throw refuse(
        op,
        'urlFieldError',
        'INVALID_PROTOCOL',
        'The webhook needs https.',
        'lead_form_asset.delivery_methods.webhook.advertiser_webhook_url',
        url,
      );
    checkLength(op, text(hook['googleSecret']) ?? '', 50, 'lead_form_asset.delivery_methods.webhook.google_secret');
  }
}

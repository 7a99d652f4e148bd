import { success } from './envelope.ts';
import { nextSecret } from './ids.ts';
import { deliverLead, integrationOf } from './leads.ts';
import { makeObject } from './make-object.ts';
import { arrayOf, bodyOf, type SnapCall } from './snap-call.ts';
import { badRequest, notFound, SnapError } from './snap-error.ts';
import type { Json, SnapObject } from './store.ts';
import type { Answer, Handler, SnapWorld } from './world.ts';

/**
 * Lead webhooks, one per form (guide, leads [T restating D]). Unverified [T]: an unwrapped body ends in a 500, one secret serves all
 * forms of an account, and the three shapes of one object: as documented, as seen live, and as listed. DELETE is ours [K].
 */
const PARTNER = 'PUBLIC_WEBHOOK';

function shown(world: SnapWorld, integration: SnapObject): Json {
  const { form_id, webhook_url } = integration.fields;
  const { hmacSecret } = integration.hidden;
  if (world.settings.integrationShape === 'snake') {
    return {
      integration_id: integration.id,
      form_id,
      ad_account_id: integration.accountId,
      webhook_url,
      partner_type: PARTNER,
      hmac_secret: hmacSecret,
    };
  }
  return {
    integrationId: integration.id,
    formId: form_id,
    adAccountId: integration.accountId,
    webhookUrl: webhook_url,
    partnerType: PARTNER,
    hmacSecret,
  };
}

function wrapped(world: SnapWorld, call: SnapCall, integrations: readonly SnapObject[]): Answer {
  const [plural, singular] =
    world.settings.integrationShape === 'snake'
      ? ['webhook_integrations', 'webhook_integration']
      : ['webhookIntegrations', 'webhookIntegration'];
  return success(world, call, {
    [plural]: integrations.map((one) => ({ sub_request_status: 'SUCCESS', [singular]: shown(world, one) })),
  });
}

function secretOf(world: SnapWorld, accountId: string | null): unknown {
  const known = world.store.all('integration').find((one) => one.accountId === accountId);
  return known?.hidden['hmacSecret'] ?? nextSecret(world.core, 'snapchat hmac');
}

/** POST /lead_gen/integrations/public_webhook */
export const register: Handler = (world, _user, call) => {
  if (bodyOf(call)['webhook_integrations'] === undefined) throw new SnapError(500, 'INTERNAL_FAILURE', 'Internal failure');
  const checked = arrayOf(call, 'webhook_integrations').map((wish) => {
    const form = world.store.find('form', wish['form_id']);
    if (form === undefined) throw notFound(`form ${String(wish['form_id'])}`);
    const url = wish['webhook_url'];
    if (typeof url !== 'string' || !URL.canParse(url) || new URL(url).protocol !== 'https:')
      throw badRequest('webhook_url must be an https address');
    if (integrationOf(world, form.id) !== undefined) throw badRequest(`The form ${form.id} already has an integration`);
    return { form, url };
  });
  const made = checked.map(({ form, url }) =>
    makeObject(world, 'integration', form.accountId, { form_id: form.id, webhook_url: url }, call.requestId, {
      hidden: { hmacSecret: secretOf(world, form.accountId) },
    }),
  );
  return wrapped(world, call, made);
};

function integrationById(world: SnapWorld, id: string | undefined): SnapObject {
  const found = world.store.find('integration', id);
  if (found === undefined || found.deleted) throw notFound(`integration ${String(id)}`);
  return found;
}

/** GET /lead_gen/integrations/{id}/test: one delivery of made-up answers. */
export const sendTestLead: Handler = (world, _user, call) => {
  const integration = integrationById(world, call.path[2]);
  const form = world.store.get(String(integration.fields['form_id']));
  deliverLead(world, integration, {
    form_id: integration.fields['form_id'],
    form_name: form?.fields['name'] ?? '',
    ad_account_id: integration.accountId,
    campaign_id: 'test',
    campaign_name: 'test',
    ad_squad_id: 'test',
    ad_squad_name: 'test',
    ad_id: 'test',
    ad_name: 'test',
    lead_id: `test-${world.core.nextId()}`,
    create_time: world.core.now(),
    first_name: 'test',
    last_name: 'test',
    email: 'test@example.com',
  });
  return success(world, call);
};

/** GET /lead_gen/forms/{form_id}/integrations?partner_type=PUBLIC_WEBHOOK */
export const listIntegrations: Handler = (world, _user, call) => {
  const form = world.store.find('form', call.path[2]);
  if (form === undefined) throw notFound(`form ${String(call.path[2])}`);
  if (call.query.get('partner_type') !== PARTNER) throw badRequest(`partner_type must be ${PARTNER}`);
  const found = integrationOf(world, form.id);
  return success(world, call, {
    partner_integrations: (found === undefined ? [] : [found]).map((one) => ({
      sub_request_status: 'SUCCESS',
      partner_integration: {
        integration_id: one.id,
        form_id: form.id,
        ad_account_id: one.accountId,
        partner_type: PARTNER,
        generic_webhook_handler_info: { webhook_url: one.fields['webhook_url'] },
      },
    })),
  });
};

export const removeIntegration: Handler = (world, _user, call) => {
  world.store.change(integrationById(world, call.path[2]), { deleted: true }, world.core.now());
  world.core.touch();
  return success(world, call);
};

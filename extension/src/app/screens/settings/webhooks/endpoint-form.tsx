import { useState } from 'preact/hooks';
import * as machines from '#shared/contracts/machines.ts';
import { EVENT_TYPES, type WebhookEndpoint } from '#shared/contracts/machines.ts';
import { CheckField, TextField } from '../../../../ui/field.tsx';
import { t } from '../../../../ui/i18n.ts';
import { toast } from '../../../../ui/toast.tsx';
import { FormDialog } from '../../../form-dialog.tsx';
import { fieldRefused } from '../../../session/refusal.tsx';
import { useTransport } from '../../../transport-context.ts';
import { useAction } from '../../../use-load.ts';
import { eventWord } from './event-word.ts';

type EventType = (typeof EVENT_TYPES)[number];
/** A test is sent by hand, whatever an address listens to. */
const CHOICES = EVENT_TYPES.filter((type) => type !== 'test.ping');

interface Props {
  endpoint: WebhookEndpoint | null;
  onClose: () => void;
  /** The signing secret of a new address; null after a change. */
  onSaved: (secret: string | null) => void;
}

/** An address and what it wants to hear. */
export function EndpointForm({ endpoint, onClose, onSaved }: Props) {
  const transport = useTransport();
  const [url, setUrl] = useState(endpoint?.url ?? '');
  const [description, setDescription] = useState(endpoint?.description ?? '');
  const [all, setAll] = useState(endpoint === null || endpoint.events.length === 0);
  const [events, setEvents] = useState<readonly EventType[]>(endpoint?.events ?? []);
  const lacking = !all && events.length === 0;
  const save = useAction(async () => {
    const body = { url: url.trim(), description, events: all ? [] : [...events] };
    if (endpoint === null) onSaved((await transport.call(machines.createWebhookEndpoint, { body })).secret);
    else {
      await transport.call(machines.updateWebhookEndpoint, { params: { id: endpoint.id }, body });
      toast(t('saved'));
      onSaved(null);
    }
  });
  const refused = fieldRefused(save.error, 'url');
  return (
    <FormDialog
      title={endpoint === null ? t('hooks.add') : t('hooks.changeOf', { url: endpoint.url })}
      submit={t('save')}
      action={save}
      error={refused === null ? save.error : null}
      safe={t('nothingSaved')}
      onClose={onClose}
      lacking={lacking}
      data-testid="webhook-save"
    >
      <TextField
        label={t('hooks.url')}
        required
        type="url"
        dir="ltr"
        maxLength={500}
        placeholder="https://"
        takesFocus
        value={url}
        onText={setUrl}
        hint={t('hooks.urlHint')}
        error={refused}
        data-testid="webhook-url"
      />
      <TextField label={t('hooks.description')} maxLength={200} value={description} onText={setDescription} />
      <fieldset class="plain-fieldset stack-1">
        <legend class="small strong">{t('hooks.events')}</legend>
        <CheckField label={t('hooks.allEvents')} checked={all} onCheck={setAll} />
        {!all && (
          <div class="scopes">
            {CHOICES.map((type) => (
              <CheckField
                key={type}
                label={
                  <>
                    {eventWord(type)}{' '}
                    <code class="faint" dir="ltr">
                      {type}
                    </code>
                  </>
                }
                checked={events.includes(type)}
                onCheck={(on) => setEvents(on ? [...events, type] : events.filter((one) => one !== type))}
              />
            ))}
          </div>
        )}
        {lacking && <p class="field-hint">{t('hooks.pickEvents')}</p>}
      </fieldset>
    </FormDialog>
  );
}

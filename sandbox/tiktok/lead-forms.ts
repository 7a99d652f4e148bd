import { makePage, readPage } from './paging.ts';
import { oneOf, requiredText, showTime, text, type Params } from './params.ts';
import type { TiktokObject } from './store.ts';
import { parameterError } from './tiktok-error.ts';
import type { Handler, TiktokWorld } from './world.ts';

export function findForm(world: TiktokWorld, advertiserId: string, params: Params): TiktokObject {
  const form = world.store.find('form', requiredText(params, 'page_id'));
  if (form === undefined || form.advertiserId !== advertiserId) throw parameterError('page_id: The page does not exist.');
  return form;
}

/** GET page/get/: instant forms; drafts too, so a caller has to look at the status. Shapes [T]. */
export const listForms: Handler = (world, { params }, { advertiserId }) => {
  const status = oneOf(params, 'page_status', ['DRAFT', 'EDITED', 'PUBLISHED', 'READY'] as const);
  const title = text(params, 'title');
  const found = world.store
    .of('form', advertiserId)
    .filter(
      (one) => (status === null || one.fields['status'] === status) && (title === null || String(one.fields['title']).includes(title)),
    );
  const page = makePage(found, readPage(params, 100));
  return {
    list: page.items.map((form) => {
      const { questions: _questions, ...shown } = form.fields;
      const at = showTime(form.createdAt);
      return { page_id: form.id, ...shown, create_time: at, update_time: at, publish_time: at };
    }),
    page_info: page.page_info,
  };
};

/** GET page/field/get/ and lead/field/get/: the questions of a form, by name. */
export const readFormFields: Handler = (world, { params }, { advertiserId }) => {
  const form = findForm(world, advertiserId, params);
  return {
    fields: form.fields['questions'],
    meta: {
      page_id: form.id,
      page_name: form.fields['title'],
      page_url: form.fields['preview_url'],
      create_time: showTime(form.createdAt),
    },
  };
};

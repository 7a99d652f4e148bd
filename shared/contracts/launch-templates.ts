import { z } from 'zod';
import type { Permission } from '../rules/permissions.ts';
import { defineContract } from './define-contract.ts';
import { empty, id, instant } from './parts.ts';

const text = z.string().max(10_000);
/** What the launch builder starts with: settings as typed and rows of the sheet, without media and dates. */
export const templateContent = z.strictObject({
  /** By the builder's name of the setting. A builder takes those it knows. */
  settings: z.record(
    z.string().max(60),
    z.union([text, z.record(z.string().max(60), text), z.array(z.strictObject({ key: text, value: text })).max(100), z.null()]),
  ),
  /** Header first; empty = no sheet. */
  rows: z.array(z.array(text).max(60)).max(1_000),
  /** Settings that are left empty on purpose and have to be filled in before a launch. */
  required: z.array(z.string().max(60)).max(60),
});
export type TemplateContent = z.infer<typeof templateContent>;

const name = z.string().trim().min(1).max(120);
export const launchTemplate = z.object({
  id,
  name: z.string(),
  /** Only its owner sees it; else everybody in the organization who plans launches. */
  isPersonal: z.boolean(),
  /** From 1. */
  version: z.int(),
  updatedAt: instant,
});
export type LaunchTemplate = z.infer<typeof launchTemplate>;
const opened = launchTemplate.extend({ content: templateContent });

const member = (permission: Permission) => ({ kind: 'member', permission }) as const;
const oneTemplate = z.object({ id });

export const listTemplates = defineContract({
  method: 'GET',
  path: '/v1/launch-templates',
  access: member('launches:write'),
  summary: "Templates of launches: the organization's and one's own, by name",
  response: z.object({ templates: z.array(launchTemplate) }),
});
export const getTemplate = defineContract({
  method: 'GET',
  path: '/v1/launch-templates/:id',
  access: member('launches:write'),
  summary: 'One template with its content, as it is or as it was',
  params: oneTemplate,
  query: z.object({ version: z.coerce.number().int().min(1).optional() }),
  response: opened,
});
export const createTemplate = defineContract({
  method: 'POST',
  path: '/v1/launch-templates',
  access: member('launches:write'),
  summary: 'Keep a template; a personal one needs a person',
  status: 201,
  body: z.object({ name, isPersonal: z.boolean().default(false), content: templateContent }),
  response: opened,
});
/** `version` is the one that was changed: when somebody was faster the answer is a conflict, and nothing is written. */
export const updateTemplate = defineContract({
  method: 'PUT',
  path: '/v1/launch-templates/:id',
  access: member('launches:write'),
  summary: 'A new version of a template; earlier ones stay',
  params: oneTemplate,
  body: z.object({ name, version: z.int().min(1), content: templateContent }),
  response: opened,
});
export const deleteTemplate = defineContract({
  method: 'DELETE',
  path: '/v1/launch-templates/:id',
  access: member('launches:write'),
  summary: 'Delete a template with all its versions; launches made from it stay',
  params: oneTemplate,
  response: empty,
});

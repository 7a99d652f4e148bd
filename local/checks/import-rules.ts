/**
 * The import table of docs/architecture.md as data. Paths are those of the checkout, packages are `npm:<name>`.
 * `never` forbids, `only` allows nothing else; `$1` in them is what the first group of `from` matched. Type-only imports are free
 * where `typesFree` says so: they leave nothing behind in what runs.
 */
export interface ImportRule {
  name: string;
  from: RegExp;
  never?: string[];
  only?: string[];
  typesFree?: boolean;
}

export const IMPORT_RULES: ImportRule[] = [
  {
    name: 'what ships never imports the local worlds',
    from: /^(?:extension|widget|worker|shared|drizzle)\//,
    never: ['^(?:sandbox|local|e2e|bench)/'],
  },
  { name: 'shared/rules imports nothing', from: /^shared\/rules\//, only: ['^shared/rules/'] },
  { name: 'contracts know zod and the rules', from: /^shared\/contracts\//, only: ['^shared/contracts/', '^shared/rules/', '^npm:zod$'] },
  {
    name: 'shared belongs to nobody',
    from: /^shared\//,
    never: ['^(?:worker|extension|widget|drizzle)/', '^npm:(?:hono|drizzle-orm|@neondatabase|preact)'],
  },
  { name: 'the schema knows the rules', from: /^drizzle\/schema\//, only: ['^drizzle/schema/', '^shared/rules/', '^npm:drizzle-orm$'] },
  {
    name: 'the kernel has no domain words',
    from: /^worker\/kernel\//,
    never: ['^worker/(?:domains|platforms|queues|http|durable)/', '^npm:hono$'],
  },
  {
    name: 'platforms know the outside only',
    from: /^worker\/platforms\//,
    never: [
      '^worker/(?:domains|http|queues|durable)/',
      '^worker/kernel/(?:database|context)\\.ts$',
      '^drizzle/',
      '^npm:(?:hono|drizzle-orm|@neondatabase/serverless)$',
    ],
  },
  {
    name: 'a vendor never imports another vendor',
    from: /^worker\/platforms\/(?:ads|crm|stores)\/([^/]+)\//,
    never: ['^worker/platforms/(?:ads|crm|stores)/(?!$1/)[^/]+/'],
  },
  { name: 'domains know families, not vendors', from: /^worker\/domains\//, never: ['^worker/platforms/(?:ads|crm|stores)/[^/]+/'] },
  {
    name: 'domains are entered by their index',
    from: /^worker\/domains\/([^/]+)\//,
    never: ['^worker/domains/(?!$1/)[^/]+/(?!index\\.ts$)'],
  },
  { name: 'hono stays in http', from: /^worker\/(?:domains|queues|durable|platforms|kernel)\//, never: ['^npm:hono$'] },
  { name: 'http and queues are apart', from: /^worker\/http\//, never: ['^worker/queues/'] },
  { name: 'queues and http are apart', from: /^worker\/queues\//, never: ['^worker/http/'] },
  { name: 'features stand alone', from: /^extension\/src\/content\/features\/([^/.]+)/, never: ['^extension/src/content/features/(?!$1)'] },
  {
    name: 'content scripts have no network and no zod',
    from: /^extension\/src\/content\//,
    never: ['^extension/src/(?:background|app|panel|popup)/', '^shared/(?:api-client|contracts)/', '^npm:zod$'],
    typesFree: true,
  },
  {
    name: 'hosts know the page only',
    from: /^extension\/src\/content\/hosts\//,
    never: ['^extension/src/(?:content/features|messaging|background|app|panel|storage)/'],
    typesFree: true,
  },
  { name: 'extension and widget never reach the server', from: /^(?:extension|widget)\//, never: ['^(?:worker|drizzle)/'] },
  {
    name: 'the command line takes the rules and, of the builder, what draws nothing',
    from: /^bin\//,
    only: [
      '^bin/',
      '^shared/',
      '^extension/src/app/launch-builder/(?:builder-state|draft|make-plan|read-sheet-file)\\.ts$',
      '^extension/src/app/upload-media\\.ts$',
      '^npm:tsx$',
    ],
  },
  { name: 'nobody imports the command line', from: /^(?:extension|widget|worker|shared|drizzle)\//, never: ['^bin/'] },
  { name: 'the extension is not the widget', from: /^extension\//, never: ['^widget/'] },
  { name: 'the widget is not the extension', from: /^widget\//, never: ['^extension/'] },
  {
    name: 'the widget takes types only from contracts',
    from: /^widget\//,
    never: ['^shared/(?:contracts|api-client)/', '^npm:zod$'],
    typesFree: true,
  },
];

/**
 * The part of HubSpot's components that the card uses, after their documentation. The package itself is installed by HubSpot's own
 * build from the package.json beside the card, not here.
 */
declare module '@hubspot/ui-extensions' {
  import type { ComponentChildren, VNode } from 'preact';

  interface Context {
    crm: { objectId: number | string };
    user: { locale?: string };
    portal: { id: number };
  }
  interface FetchOptions {
    method?: 'GET' | 'PUT' | 'POST' | 'DELETE' | 'PATCH';
    timeout?: number;
    body?: Record<string, unknown>;
  }
  export const hubspot: {
    extend<Location extends string>(render: (given: { context: Context & { location?: Location } }) => VNode): void;
    fetch(url: string, options?: FetchOptions): Promise<Response>;
  };

  type Component<Props> = (props: Props & { children?: ComponentChildren }) => VNode;
  type Gap = 'flush' | 'extra-small' | 'small' | 'medium' | 'large' | 'extra-large';
  export const Accordion: Component<{ title: string; defaultOpen?: boolean; size?: 'extra-small' | 'small' | 'medium' }>;
  export const DescriptionList: Component<{ direction?: 'row' | 'column' }>;
  export const DescriptionListItem: Component<{ label: string; key?: string }>;
  export const Divider: Component<object>;
  export const EmptyState: Component<{ title: string; layout?: 'horizontal' | 'vertical' }>;
  export const Flex: Component<{ direction?: 'row' | 'column'; gap?: Gap }>;
  export const Link: Component<{ href: string | { url: string; external?: boolean } }>;
  export const List: Component<{ variant?: 'unordered' | 'unordered-styled' | 'ordered' | 'ordered-styled' | 'inline' | 'inline-divided' }>;
  export const LoadingSpinner: Component<{ label: string }>;
  export const Text: Component<{
    variant?: 'bodytext' | 'microcopy';
    format?: { fontWeight?: 'regular' | 'demibold' | 'bold'; italic?: boolean };
    key?: string;
  }>;
}

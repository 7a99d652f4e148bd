import type { AppMessageKey } from '../../ui/i18n.ts';
import type { IconName } from '../../ui/icon.tsx';

export interface Area {
  path: string;
  label: AppMessageKey;
  icon: IconName;
  permission: string;
}

/** The areas of the app in the order of the working day, and what one must be allowed to see them. */
export const AREAS: readonly Area[] = [
  { path: '/', label: 'nav.overview', icon: 'overview', permission: 'insights:read' },
  { path: '/launches', label: 'nav.launches', icon: 'launch', permission: 'launches:read' },
  { path: '/insights', label: 'nav.insights', icon: 'insights', permission: 'insights:read' },
  { path: '/leads', label: 'nav.leads', icon: 'leads', permission: 'leads:read' },
  { path: '/orders', label: 'nav.orders', icon: 'orders', permission: 'revenue:read' },
  { path: '/affiliates', label: 'nav.affiliates', icon: 'affiliates', permission: 'affiliates:read' },
  { path: '/connections', label: 'nav.connections', icon: 'connections', permission: 'connections:read' },
  { path: '/settings', label: 'nav.settings', icon: 'settings', permission: 'organization:read' },
];

export function isInside(area: string, path: string): boolean {
  return area === '/' ? path === '/' : path === area || path.startsWith(`${area}/`);
}

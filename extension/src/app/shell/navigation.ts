import type { AppMessageKey } from '../../ui/i18n.ts';
import type { IconName } from '../../ui/icon.tsx';
import { may, me } from '../session/me.ts';

interface Area {
  path: string;
  label: AppMessageKey;
  icon: IconName;
  permission: string;
}

/** The areas of the app in the order of the working day, and what one must be allowed to see them. */
const AREAS: readonly Area[] = [
  { path: '/', label: 'nav.overview', icon: 'overview', permission: 'insights:read' },
  { path: '/launches', label: 'nav.launches', icon: 'launch', permission: 'launches:read' },
  { path: '/insights', label: 'nav.insights', icon: 'insights', permission: 'insights:read' },
  { path: '/leads', label: 'nav.leads', icon: 'leads', permission: 'leads:read' },
  { path: '/orders', label: 'nav.orders', icon: 'orders', permission: 'revenue:read' },
  { path: '/affiliates', label: 'nav.affiliates', icon: 'affiliates', permission: 'affiliates:read' },
  { path: '/connections', label: 'nav.connections', icon: 'connections', permission: 'connections:read' },
  { path: '/settings', label: 'nav.settings', icon: 'settings', permission: 'organization:read' },
];

const OPERATIONS: Omit<Area, 'permission'> = { path: '/operations', label: 'nav.operations', icon: 'operations' };

/** The areas this person may see: by role, and the platform's own for its staff. */
export function areasInReach(): readonly Omit<Area, 'permission'>[] {
  return [...AREAS.filter((area) => may(area.permission)), ...(me().user.isStaff ? [OPERATIONS] : [])];
}

/** The area of an address that this person may not see; null = they may, or it is none of these. */
export function closedArea(path: string): Pick<Area, 'label'> | null {
  return AREAS.find((area) => isInside(area.path, path) && !may(area.permission)) ?? null;
}

export function isInside(area: string, path: string): boolean {
  return area === '/' ? path === '/' : path === area || path.startsWith(`${area}/`);
}

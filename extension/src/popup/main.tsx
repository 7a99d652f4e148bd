import { render } from 'preact';
import { request } from '../messaging/request.ts';
import { HUBSPOT_ORIGINS } from './hubspot-origins.ts';
import './page.css';
import { Popup } from './popup.tsx';
import { dress } from './words.ts';

const [t, me, prefs, hubspotAllowed, current] = await Promise.all([
  dress(),
  request('session.get', null),
  request('prefs.get', null),
  chrome.permissions.contains({ origins: HUBSPOT_ORIGINS }),
  chrome.windows.getCurrent(),
]);
if (current.id === undefined) throw new Error('The popup is not in a window.');
render(<Popup t={t} start={{ me, prefs, hubspotAllowed, windowId: current.id }} />, document.getElementById('root') as HTMLElement);

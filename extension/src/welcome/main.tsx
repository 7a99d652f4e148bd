import { render } from 'preact';
import { request } from '../messaging/request.ts';
import '../popup/page.css';
import { dress } from '../popup/words.ts';
import { Welcome } from './welcome.tsx';

const [t, accepted, me] = await Promise.all([dress(), request('consent.get', null), request('session.get', null)]);
render(<Welcome t={t} accepted={accepted && me !== null} />, document.getElementById('root') as HTMLElement);

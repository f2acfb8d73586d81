/**
 * Where a link leads: back into the bot, to a chat of this page, to Telegram's share page (which the page plays itself), or
 * out into the world. Pure.
 */

export type Destination =
  | { kind: 'start'; payload: string }
  | { kind: 'share'; text: string }
  /** To add the bot to a channel or group of one's own. */
  | { kind: 'add'; to: 'channel' | 'group'; asAdmin: boolean }
  | { kind: 'chat'; username: string }
  | { kind: 'out'; url: string }
  /** `tg:`, `mailto:` and whatever a browser should not follow from here. */
  | { kind: 'nowhere' };

export function destinationOf(url: string, botUsername: string): Destination {
  const full = /^[a-z][a-z0-9+.-]*:/iu.test(url) ? url : `https://${url}`;
  if (!URL.canParse(full)) return { kind: 'nowhere' };
  const link = new URL(full);
  if (link.protocol !== 'https:' && link.protocol !== 'http:') return { kind: 'nowhere' };
  if (link.hostname !== 't.me' && link.hostname !== 'telegram.me') return { kind: 'out', url: link.href };
  const [, first = '', second] = link.pathname.split('/');
  if (first === 'share' && second === 'url') {
    const { searchParams } = link;
    return {
      kind: 'share',
      text: [searchParams.get('url'), searchParams.get('text')].filter((part) => part !== null).join('\n'),
    };
  }
  if (second !== undefined && second !== '') return { kind: 'out', url: link.href };
  if (first.toLowerCase() === botUsername.toLowerCase()) {
    const { searchParams } = link;
    const asAdmin = searchParams.has('admin');
    if (searchParams.has('startchannel')) return { kind: 'add', to: 'channel', asAdmin: true };
    if (searchParams.has('startgroup')) return { kind: 'add', to: 'group', asAdmin };
    const payload = searchParams.get('start') ?? '';
    return { kind: 'start', payload: /^[\w-]{1,64}$/u.test(payload) ? payload : '' };
  }
  return /^[A-Za-z]\w{3,31}$/u.test(first)
    ? { kind: 'chat', username: first.toLowerCase() }
    : { kind: 'out', url: link.href };
}

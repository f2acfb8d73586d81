/**
 * Which URLs Telegram takes for a link or a button, and how it writes them down. Source: tdlib/td, HttpUrl.cpp
 * `parse_url` and LinkManager.cpp `check_link`. It is not the WHATWG parser: a scheme may be missing, `http` is
 * assumed, and every host with a dot will do.
 */

export type CheckedLink = { ok: true; url: string } | { ok: false; reason: string };

interface ParsedUrl {
  scheme: 'http' | 'https';
  userinfo: string;
  host: string;
  isIpv6: boolean;
  /** 0 when none was written. */
  port: number;
  /** Begins with a slash. */
  query: string;
}

const HOST_CHARACTERS = /^(?:[a-z0-9.\-_!$,~*'();&+=]|%[a-f0-9]{2}|[^\x00-\x7f])*$/u;

function indexOfAny(text: string, characters: string, from = 0): number {
  for (let index = from; index < text.length; index++) {
    if (characters.includes(text.charAt(index))) return index;
  }
  return text.length;
}

function asciiLower(text: string): string {
  return text.replace(/[A-Z]/gu, (letter) => letter.toLowerCase());
}

function parsePort(text: string): number {
  if (!/^\d+$/u.test(text)) return -1;
  const port = Number(text);
  return port === 0 || port > 65_535 ? -1 : port;
}

/** @returns the parts, or why there are none */
function parseUrl(url: string): ParsedUrl | string {
  const schemeEnd = indexOfAny(url, ':/?#@[]');
  let rest = url;
  let scheme: ParsedUrl['scheme'] = 'http';
  if (url.startsWith('://', schemeEnd)) {
    const written = asciiLower(url.slice(0, schemeEnd));
    if (written !== 'http' && written !== 'https') return 'Unsupported URL protocol';
    scheme = written;
    rest = url.slice(schemeEnd + 3);
  }
  const authorityEnd = indexOfAny(rest, '/?#');
  const authority = rest.slice(0, authorityEnd);
  const colon = Math.max(authority.lastIndexOf(':'), authority.lastIndexOf(']'), authority.lastIndexOf('@'));
  let port = 0;
  let beforePort = authority;
  if (colon > 0 && authority.charAt(colon) === ':') {
    port = parsePort(authority.slice(colon + 1));
    beforePort = authority.slice(0, colon);
  }
  if (port < 0) return 'Wrong port number specified in the URL';
  const at = beforePort.lastIndexOf('@');
  const userinfo = at < 0 ? '' : beforePort.slice(0, at);
  const host = beforePort.slice(at + 1);
  const isIpv6 = host.startsWith('[') && host.endsWith(']');
  if (host === '') return 'URL host is empty';
  if (host === '.') return 'Host is invalid';
  const lowerHost = asciiLower(host);
  if (isIpv6) {
    if (!/^\[[0-9a-f:.]{2,}\]$/u.test(lowerHost)) return 'Wrong IPv6 address specified in the URL';
  } else if (!HOST_CHARACTERS.test(lowerHost)) {
    return lowerHost.includes('%') ? 'Wrong percent-encoded symbol in URL host' : 'Wrong URL host';
  }
  let query = rest.slice(authorityEnd).replace(/[\s\0]+$/u, '');
  if (!query.startsWith('/')) query = `/${query}`;
  query = query.replace(/[\x00-\x20]/gu, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return { scheme, userinfo, host: lowerHost, isIpv6, port, query };
}

/** Checks a link of a text or of a button. Never throws. */
export function checkLink(link: string, only: 'any' | 'https' = 'any'): CheckedLink {
  const own = /^(tg|ton|tonsite):(?:\/\/)?/iu.exec(link);
  const scheme = own?.[1]?.toLowerCase();
  const rest = own === null ? link : link.slice(own[0].length);
  const parsed = parseUrl(rest);
  if (typeof parsed === 'string') return { ok: false, reason: parsed };
  if (only === 'https' && (parsed.scheme !== 'https' || scheme !== undefined)) {
    return { ok: false, reason: 'Only HTTPS links are allowed' };
  }
  if (scheme !== undefined) {
    const foreign =
      /^https?:\/\//iu.test(rest) || parsed.userinfo !== '' || parsed.port !== 0 || parsed.isIpv6;
    if (foreign) return { ok: false, reason: scheme === 'tg' ? 'Wrong tg URL' : 'Wrong ton URL' };
    const allowed = scheme === 'tonsite' ? /^[a-z0-9\-_.]+$/u : /^[a-z0-9\-_]+$/u;
    if (!allowed.test(parsed.host)) return { ok: false, reason: 'Unallowed characters in URL host' };
    const query = parsed.query.startsWith('/?') ? parsed.query.slice(1) : parsed.query;
    return { ok: true, url: `${scheme}://${parsed.host}${query}` };
  }
  if (!parsed.host.includes('.') && !parsed.isIpv6) return { ok: false, reason: 'Wrong HTTP URL' };
  const userinfo = parsed.userinfo === '' ? '' : `${parsed.userinfo}@`;
  const port = parsed.port === 0 ? '' : `:${parsed.port}`;
  return { ok: true, url: `${parsed.scheme}://${userinfo}${parsed.host}${port}${parsed.query}` };
}

/** The user that `tg://user?id=1` speaks of; null for any other link. */
export function linkedUser(link: string): number | null {
  const match = /^tg:(?:\/\/)?user\/?\?(?:[^#]*&)?id=(\d{1,15})(?:[&#]|$)/iu.exec(link);
  const id = Number(match?.[1] ?? 0);
  return id > 0 ? id : null;
}

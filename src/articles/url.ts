/**
 * The links of articles: absolute http and https addresses, since they end up under a reader's finger.
 *
 * Anything else (a path, `javascript:`, an address with a password in it, a host of the newsroom's own network) is no link.
 */

/** Longer ones are tracking, and would crowd a message out. */
const MAX_URL_CHARS = 2_048;

/** The address in its normal form; null when it is none that may be shown. */
export function readUrl(raw: string): string | null {
  const text = raw.trim();
  if (text.length > MAX_URL_CHARS || !URL.canParse(text)) return null;
  const url = new URL(text);
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  return isWeb &&
    isPublicHost(url) &&
    url.password === '' &&
    url.username === '' &&
    url.href.length <= MAX_URL_CHARS
    ? url.href
    : null;
}

/** Telegram takes no button to a host without a dot, such as `localhost`, and refuses the whole message ("Wrong HTTP URL"). */
function isPublicHost({ hostname }: URL): boolean {
  return hostname.startsWith('[') || hostname.replace(/\.$/u, '').includes('.');
}

/** The site of an address, as a reader would say it: "vnexpress.net". */
export function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^www\./u, '');
}

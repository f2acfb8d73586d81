/**
 * getUpdates and the webhook that excludes it. A webhook can be set and is remembered, but the double delivers
 * nothing to it.
 */
import { badRequest } from './apiError.ts';
import type { Method } from './method.ts';
import type { Params } from './params.ts';

const WEBHOOK_PORTS: ReadonlySet<string> = new Set(['', '443', '80', '88', '8443']);
const MAX_SECRET = 256;
const DEFAULT_CONNECTIONS = 40;

/** Null when the parameter is missing: what was set before stays. */
function allowedUpdates(params: Params): string[] | null {
  const value = params.json('allowed_updates', 'allowed_updates');
  if (value === undefined) return null;
  if (!Array.isArray(value))
    throw badRequest("Can't parse allowed updates list: expected an Array of String");
  return value.filter((kind) => typeof kind === 'string');
}

export const getUpdates: Method = ({ world }, params, onHangUp) =>
  world.updates.take({
    offset: params.integer('offset'),
    limit: params.integer('limit', 100),
    timeoutSeconds: params.integer('timeout'),
    allowedUpdates: allowedUpdates(params),
    onHangUp,
  });

function webhookUrl(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw badRequest('Bad webhook: invalid URL specified');
  }
  if (url.protocol !== 'https:') throw badRequest('Bad webhook: An HTTPS URL must be provided for webhook');
  if (!WEBHOOK_PORTS.has(url.port)) {
    throw badRequest('Bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443');
  }
  return text;
}

export const setWebhook: Method = ({ world }, params) => {
  const url = params.text('url');
  const secret = params.text('secret_token');
  if (secret.length > MAX_SECRET) throw badRequest('Secret token is too long');
  if (!/^[\w-]*$/u.test(secret)) throw badRequest('Secret token contains unallowed characters');
  if (params.boolean('drop_pending_updates')) world.updates.clear();
  const kinds = allowedUpdates(params);
  if (kinds !== null) world.updates.allow(kinds);
  const maxConnections = Math.min(100, Math.max(1, params.integer('max_connections', DEFAULT_CONNECTIONS)));
  world.updates.setWebhook(url === '' ? null : { url: webhookUrl(url), maxConnections });
  return true;
};

export const deleteWebhook: Method = ({ world }, params) => {
  if (params.boolean('drop_pending_updates')) world.updates.clear();
  world.updates.setWebhook(null);
  return true;
};

export const getWebhookInfo: Method = ({ world }) => {
  const { webhook, pending, allowedUpdates: allowed } = world.updates;
  return {
    url: webhook?.url ?? '',
    has_custom_certificate: false,
    pending_update_count: pending,
    ...(webhook === null ? {} : { max_connections: webhook.maxConnections }),
    ...(allowed === null ? {} : { allowed_updates: allowed }),
  };
};

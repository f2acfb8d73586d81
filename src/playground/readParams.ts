/**
 * From the bytes of a request to its parameters. Understands what the Bot API documents: the query string,
 * `application/x-www-form-urlencoded`, `application/json` and `multipart/form-data` (fields only: this double takes
 * no files).
 */
import { badRequest } from './apiError.ts';
import { isObject, Params } from './params.ts';
import type { JsonObject } from './params.ts';

function addForm(into: JsonObject, text: string): void {
  for (const [name, value] of new URLSearchParams(text)) into[name] = value;
}

function addJson(into: JsonObject, text: string): void {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw badRequest("Can't parse JSON object");
  }
  if (!isObject(parsed)) throw badRequest('JSON object expected');
  Object.assign(into, parsed);
}

/** Fields of a multipart body; parts with a file name are given as `attach://` names without their content. */
function addMultipart(into: JsonObject, body: Buffer, contentType: string): void {
  const boundary = /boundary="?([^";]+)"?/iu.exec(contentType)?.[1];
  if (boundary === undefined) throw badRequest('Boundary not found');
  // latin1 keeps one character a byte, so that cutting is exact; the values are decoded afterwards.
  const parts = body.toString('latin1').split(`--${boundary}`);
  for (const part of parts.slice(1, -1)) {
    const headerEnd = part.indexOf('\r\n\r\n');
    if (headerEnd < 0) throw badRequest("Can't parse multipart/form-data");
    const name = /name="([^"]*)"/iu.exec(part.slice(0, headerEnd))?.[1];
    if (name === undefined || name === '') throw badRequest('Field name not found');
    into[name] = Buffer.from(part.slice(headerEnd + 4, -2), 'latin1').toString('utf8');
  }
}

/**
 * @param query what stands behind the `?`, empty for nothing
 * @param contentType as sent, empty for none
 */
export function readParams(query: string, contentType: string, body: Buffer | null): Params {
  const values: JsonObject = {};
  if (query !== '') addForm(values, query);
  if (body !== null && body.length > 0) {
    const type = contentType.toLowerCase();
    if (type.startsWith('application/json')) addJson(values, body.toString('utf8'));
    else if (type.startsWith('multipart/form-data')) addMultipart(values, body, contentType);
    else if (type.startsWith('application/x-www-form-urlencoded')) addForm(values, body.toString('utf8'));
    else throw badRequest('Unsupported content-type');
  }
  return new Params(values);
}

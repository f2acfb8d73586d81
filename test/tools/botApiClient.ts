/**
 * A client that sends exactly what a test writes, right or wrong, and shows the whole answer. For tests of the double
 * itself and of whatever must be seen on the wire.
 */
import type { BotApi } from '../../src/playground/botApi.ts';

export interface RawAnswer {
  status: number;
  /** Of a success; undefined otherwise. */
  result: unknown;
  /** Of a refusal; empty otherwise. */
  description: string;
  parameters: { retry_after?: number; migrate_to_chat_id?: number } | undefined;
  headers: Headers;
}

interface Body {
  result?: unknown;
  description?: string;
  parameters?: RawAnswer['parameters'];
}

/** Calls a method with a JSON body. */
export async function callBotApi(
  api: Pick<BotApi, 'root' | 'token'>,
  method: string,
  params: object = {},
  signal?: AbortSignal,
): Promise<RawAnswer> {
  return await answerOf(
    await fetch(`${api.root}/bot${api.token}/${method}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(params),
      ...(signal === undefined ? {} : { signal }),
    }),
  );
}

/** The refusal of a call that has to be refused; `ok` when it was not. */
export async function refusalOf(
  api: Pick<BotApi, 'root' | 'token'>,
  method: string,
  params: object,
): Promise<string> {
  const { status, description } = await callBotApi(api, method, params);
  return status === 200 ? 'ok' : `${status} ${description}`;
}

export async function answerOf(response: Response): Promise<RawAnswer> {
  const body = (await response.json()) as Body;
  return {
    status: response.status,
    result: body.result,
    description: body.description ?? '',
    parameters: body.parameters,
    headers: response.headers,
  };
}

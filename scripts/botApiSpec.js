/**
 * Writes what the double of Telegram must know of the Bot API's shapes: every method's name, the parameters and the result
 * of each method that the double carries out, and the fields of the objects that go in and out. In our own short form,
 * without a word of the documentation.
 *
 *     node scripts/botApiSpec.js SPEC.json           writes src/playground/botApiSpec.ts
 *     node scripts/botApiSpec.js SPEC.json --check   only tells whether it is up to date
 *
 * SPEC.json is the machine-readable description that github.com/PaulSonOfLars/telegram-bot-api-spec makes of the
 * documentation.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { format, resolveConfig } from 'prettier';
import { build } from 'rolldown';

const TARGET = 'src/playground/botApiSpec.ts';

/** Objects that the double reads or sends. What else there is in the Bot API it refuses. */
const OBJECTS = [
  // Read.
  'BotCommand',
  'BotCommandScope',
  'CopyTextButton',
  'ForceReply',
  'InlineKeyboardButton',
  'InlineKeyboardMarkup',
  'InlineQueryResultArticle',
  'InlineQueryResultsButton',
  'InputTextMessageContent',
  'LinkPreviewOptions',
  'LoginUrl',
  'MessageEntity',
  'ReplyKeyboardMarkup',
  'ReplyKeyboardRemove',
  'ReplyParameters',
  'SwitchInlineQueryChosenChat',
  'WebAppInfo',
  // Sent.
  'AcceptedGiftTypes',
  'BotDescription',
  'BotName',
  'BotShortDescription',
  'CallbackQuery',
  'Chat',
  'ChatFullInfo',
  'ChatMember',
  'ChatMemberUpdated',
  'ChatPermissions',
  'ChosenInlineResult',
  'ForumTopicClosed',
  'ForumTopicCreated',
  'ForumTopicReopened',
  'InaccessibleMessage',
  'InlineQuery',
  'Message',
  'MessageId',
  'Update',
  'User',
  'WebhookInfo',
];

/** `Array of Array of X` as `X[][]`, alternatives with bars. */
function type(types) {
  return types
    .map((name) => {
      const depth = name.split('Array of ').length - 1;
      return name.replaceAll('Array of ', '') + '[]'.repeat(depth);
    })
    .join('|');
}

const shape = (fields = []) =>
  fields.map(({ name, types, required }) => `${name}${required ? '' : '?'}:${type(types)}`).join(' ');

/** One of several objects is everything that any of them may have; what all must have is required. */
function union(spec, names) {
  const members = names.map((name) => spec.types[name].fields ?? []);
  const fields = new Map(members.flat().map((field) => [field.name, field]));
  return [...fields.values()].map((field) => {
    const isRequired = members.every((own) =>
      own.some(({ name, required }) => name === field.name && required),
    );
    return { ...field, required: isRequired };
  });
}

/** `src/playground/methods.ts`, as this script can load it. */
async function loadMethods() {
  const { output } = await build({ input: 'src/playground/methods.ts', platform: 'node', write: false });
  return import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
}

async function write(spec) {
  const { indexMethods } = await loadMethods();
  const names = [...indexMethods().values()].map(({ name }) => name).sort();
  const methods = names.map((name) => {
    const { fields, returns } = spec.methods[name];
    return [name, `${shape(fields)} -> ${type(returns)}`.trim()];
  });
  const objects = [...OBJECTS].sort().map((name) => {
    const { fields, subtypes } = spec.types[name];
    return [name, shape(subtypes === undefined ? fields : union(spec, subtypes))];
  });
  const source = `/**
 * The shapes of ${spec.version}, made by \`scripts/botApiSpec.js\` from its description; do not change it by hand. One word a
 * field: its name, \`?\` where it may be missing, its type; \`[]\` for lists, \`|\` between alternatives. Behind the arrow
 * stands what a method answers.
 */

/** All there are, also those that the double does not carry out. */
export const ALL_METHODS: readonly string[] = ${JSON.stringify(Object.keys(spec.methods).sort().join(' '))}.split(' ');

export const METHOD_SHAPES: Readonly<Record<string, string>> = ${JSON.stringify(Object.fromEntries(methods))};

export const OBJECT_SHAPES: Readonly<Record<string, string>> = ${JSON.stringify(Object.fromEntries(objects))};
`;
  return format(source, { ...(await resolveConfig(TARGET)), parser: 'typescript' });
}

const [file, flag] = process.argv.slice(2);
if (file === undefined) throw new Error('name the file with the description');
const source = await write(JSON.parse(readFileSync(file, 'utf8')));
if (flag !== '--check') writeFileSync(TARGET, source);
else if (readFileSync(TARGET, 'utf8') !== source) {
  process.stderr.write(`${TARGET} is not what ${file} says\n`);
  process.exitCode = 1;
}

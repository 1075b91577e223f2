import fc from 'fast-check';
import { expect, it } from 'vitest';
import { METHODS } from '#sandbox/telegram/methods.ts';
import { stageForEach } from './bot-api.ts';

const stage = stageForEach();

const value = fc.oneof(
  fc.constantFrom<unknown>(
    0,
    1,
    2,
    3,
    -1,
    '',
    '1',
    'true',
    true,
    null,
    [],
    {},
    '{',
    '[]',
    'HTML',
    '@x',
    'https://a.by/',
    1e21,
    Number.NaN,
  ),
  fc.constantFrom<unknown>([[]], [[{ text: 'x', callback_data: 'y' }]], {
    inline_keyboard: [[{ text: 'x', url: 'a.by' }]],
  }),
  fc.constantFrom<unknown>(
    { inline_keyboard: [[1]] },
    { keyboard: [['x', null]] },
    { message_id: 1 },
    { type: 'chat', chat_id: 1 },
  ),
  fc.constantFrom<unknown>(
    [{ type: 'bold', offset: 1.5, length: 1 }],
    [{ type: 'text_mention', offset: 0, length: 1 }],
    [1, 'x'],
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const names = [
  'chat_id',
  'from_chat_id',
  'message_id',
  'message_ids',
  'text',
  'caption',
  'photo',
  'parse_mode',
  'entities',
  'caption_entities',
  'reply_markup',
  'reply_parameters',
  'link_preview_options',
  'message_thread_id',
  'user_id',
  'commands',
  'scope',
  'language_code',
  'results',
  'inline_query_id',
  'callback_query_id',
  'inline_message_id',
  'result',
  'menu_button',
  'rights',
  'action',
  'button',
  'offset',
  'allowed_updates',
  'url',
  'name',
  'description',
];
const params = fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 8 });

it('any call with anything in it gets an answer, never a breakdown', async () => {
  const reader = stage.telegram.person({ id: 1 });
  reader.start();
  const channel = stage.telegram.channel({ id: -1, username: 'x' });
  channel.addBot(['can_post_messages', 'can_edit_messages', 'can_delete_messages']);
  const methods = [
    ...METHODS.keys(),
    'getupdates',
    'setwebhook',
    'deletewebhook',
    'getwebhookinfo',
    'unknown',
  ];
  const harmless = methods.filter((method) => method !== 'logout');
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...harmless), params, async (method, given) => {
      const answer = await stage.call(method, { chat_id: 1, ...given });
      if (answer.ok) expect(answer).toHaveProperty('result');
      else
        expect(answer.description).toMatch(/^(Bad Request|Forbidden|Not Found|Conflict|Too Many Requests): /);
    }),
    { numRuns: 1000 },
  );
});

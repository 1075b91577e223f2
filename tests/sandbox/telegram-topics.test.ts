import { expect, it } from 'vitest';
import { stageForEach } from './bot-api.ts';

const stage = stageForEach();

it('a private chat has topics where they are switched on, and ids of topics mean nothing elsewhere', async () => {
  const person = stage.telegram.person();
  person.start();
  const create = () => stage.refusal('createForumTopic', { chat_id: person.id, name: 'Culture' });
  const send = (message_thread_id: number) =>
    stage.refusal('sendMessage', { chat_id: person.id, text: 'x', message_thread_id });
  expect(await create()).toBe('400 Bad Request: the chat is not a forum');
  expect(await send(77)).toBe('ok');
  expect(await stage.get('getMe')).toMatchObject({ has_topics_enabled: false });
  stage.telegram.setTopics(true);
  expect(await stage.get('getMe')).toMatchObject({ has_topics_enabled: true });
  expect(await create()).toBe('ok');
  expect(await send(77)).toBe('400 Bad Request: message thread not found');
});

it('a topic of a private chat holds what is written into it, and takes it with it', async () => {
  stage.telegram.setTopics(true);
  const person = stage.telegram.person();
  person.start();
  const { message_thread_id } = await stage.get<{ message_thread_id: number }>('createForumTopic', {
    chat_id: person.id,
    name: 'Culture',
  });
  const topic = { chat_id: person.id, message_thread_id };
  person.send('Hello', { thread: message_thread_id });
  expect((await stage.updates()).at(-1)?.payload).toMatchObject({
    message_thread_id,
    is_topic_message: true,
  });
  await stage.get('sendMessage', { ...topic, text: 'There' });
  await stage.get('sendMessage', { chat_id: person.id, text: 'Beside it' });
  const standing = () => person.messages().map(({ text }) => text);
  expect(standing()).toEqual(expect.arrayContaining(['Hello', 'There', 'Beside it']));
  expect(await stage.refusal('deleteForumTopic', topic)).toBe('ok');
  expect(standing()).toContain('Beside it');
  expect(standing()).not.toContain('There');
  expect(await stage.refusal('deleteForumTopic', topic)).toBe('400 Bad Request: message thread not found');
});

it('in a forum the bot makes topics where it may manage them', async () => {
  const group = stage.telegram.supergroup({ owner: stage.telegram.person(), forum: true });
  group.addBot(undefined);
  const create = () => stage.refusal('createForumTopic', { chat_id: group.id, name: 'Culture' });
  expect(await create()).toContain('not enough rights to create a topic');
  group.setBotRights(['can_manage_topics']);
  expect(await create()).toBe('ok');
});

import type { Newsroom } from '#src/newsroom/newsroom.ts';

/** A newsroom that is nothing like ours but for its languages. */
export const HORAD: Newsroom = {
  agent: 'HoradBot',
  agency: { be: 'газеты «Горад»', ru: 'газеты «Город»', en: 'the Horad paper' },
  names: ['Горад', 'Город', 'Horad'],
  shortNames: ['ГРД'],
  paid: { label: 'Горад+', spellings: ['Горад+'], announcements: [] },
  timezone: 'Europe/Vilnius',
  sources: { be: ['https://horad.example/be/usie/'], ru: ['https://horad.example/ru/vse/'], en: [] },
  storyPath: '/{edition}/artykul/{name}',
  bodies: ['[data-part="text"]'],
};

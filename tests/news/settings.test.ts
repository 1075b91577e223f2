import { describe, expect, it } from 'vitest';
import { writePress } from '#src/bot/buttons.ts';
import {
  type Change,
  called,
  changeFor,
  DEFAULT_SETTINGS,
  fieldCalled,
  FIELDS,
  offeredFor,
  SETTING_NAMES,
  type SettingName,
  type Settings,
  SHOWN,
  shortName,
  valueOf,
} from '#src/news/settings.ts';
import { appearanceOf } from '#src/render/message.ts';
import { viewOf } from '#src/render/view.ts';

const settings: Settings = { ...DEFAULT_SETTINGS, edition: 'be' };

/** A value of `name` that is not the usual one. */
const otherThanUsual = (name: SettingName): Change => {
  if (name === 'follow' || name === 'rubrics') return { [name]: ['Гродна'] };
  if (name === 'signature') return { signature: { text: 'Наш канал' } };
  const other = offeredFor(name, settings).find((value) => value !== valueOf(name, settings));
  return changeFor(name, other ?? '') ?? {};
};

describe('the table of settings', () => {
  it('gives each setting a short name of its own in a record', () => {
    const names = SETTING_NAMES.map(shortName);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(FIELDS)('reads every value of %s that a button offers, and writes it the same', (field) => {
    for (const value of offeredFor(field, settings)) {
      const change = changeFor(field, value);
      expect(change, value).toBeDefined();
      expect(valueOf(field, { ...settings, ...(change as Partial<Settings>) })).toBe(value);
      expect(fieldCalled(called(field))).toBe(field);
      expect(writePress({ on: 'set', field: called(field), value }).length).toBeLessThanOrEqual(64);
    }
  });

  it.each(FIELDS)('takes nothing for %s from words that are far too long', (field) => {
    expect(changeFor(field, 'Мінск '.repeat(1000))).toBeUndefined();
  });

  it.each(SETTING_NAMES)(
    'makes %s part of an appearance where a message shows it, and only there',
    (name) => {
      const looks = (chosen: Settings) =>
        appearanceOf(
          viewOf({ slot: 1, chat: { id: 1, kind: 'person' }, settings: chosen, state: 'active' }, 0),
        );
      const changed =
        looks({ ...settings, ...(otherThanUsual(name) as Partial<Settings>) }) !== looks(settings);
      expect(changed).toBe(SHOWN.some((shown) => shown === name));
    },
  );
});

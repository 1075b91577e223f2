/** The newsroom's languages, and choices in them. */
import { el } from './dom.js';

export const TONGUES = [
  { id: 'be', name: 'Беларуская' },
  { id: 'ru', name: 'Русский' },
  { id: 'en', name: 'English' },
];

export const option = (value, text) => el('option', { value }, text);

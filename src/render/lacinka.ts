/** Belarusian in Latin letters. */
export const toLacinka = (text: string): string => text;

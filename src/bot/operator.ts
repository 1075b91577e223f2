/** Operators' commands, in the chats of `ADMIN_IDS` only; to everybody else they are unknown. */
import type { Part } from './parts.ts';

export const operatorPart: Part = {};

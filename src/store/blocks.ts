/** How slots are packed. Changing a size needs an empty store: it says where a chat's record and message ids stand. */

/** Slots in one string of records. */
export const RECORD_BLOCK = 128;
/** Bytes of a place in that string: a sealed record of the smallest size. */
export const RECORD_BYTES = 64;
/** Slots in one string of message ids, 4 bytes each; blocks of slots are handed out an edition at a time. */
export const SLOT_BLOCK = 1024;

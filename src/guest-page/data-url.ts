/**
 * Text as the rest of a data URL. Only what would end it, or make it another address, is escaped: everything escaped is
 * three bytes, and hard to compress.
 */
export const dataText = (text: string): string =>
  encodeURIComponent(text).replace(/%(?:20|2C|2F|3A|3B|3D|40)/g, decodeURIComponent);

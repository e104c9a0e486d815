/** A text as a pattern that means just this text, to be put into a regular expression. */
export const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

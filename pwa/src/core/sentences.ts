/** The first sentence of a text, in Chinese or English; the whole where it has no end. */
export const firstSentence = (text: string): string => /^.*?(?:。|\. |$)/.exec(text)?.[0] ?? text;

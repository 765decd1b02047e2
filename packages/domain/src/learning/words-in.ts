/** The length of a text as people count it: Chinese characters, and words and numbers of other scripts. */
export const wordsIn = (text: string): number =>
  text.match(/\p{Script=Han}|(?!\p{Script=Han})[\p{L}\p{N}](?:(?!\p{Script=Han})[\p{L}\p{N}'’-])*/gu)?.length ?? 0

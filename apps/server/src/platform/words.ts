import { createRequire } from 'node:module'
import type { Jieba } from '@node-rs/jieba'

const load = createRequire(import.meta.url)
let cutter: Jieba | undefined

/** Loaded with the first text: the dictionary takes half a second and 60 MB, and many servers never need it. */
function opened(): Jieba {
  if (!cutter) {
    const { Jieba: Cutter } = load('@node-rs/jieba') as typeof import('@node-rs/jieba')
    const { dict } = load('@node-rs/jieba/dict') as { readonly dict: Uint8Array }
    cutter = Cutter.withDict(dict)
  }
  return cutter
}

const LONGEST = 40
/** Words that stand in nearly every text and find nothing. */
const EMPTY = new Set('的 了 和 是 在 与 及 或 等 对 为 以 并 将 由 其 之 中 上 下 the a an of and or to in'.split(' '))

const written = (text: string): string => text.normalize('NFKC').toLowerCase()
const isWord = (word: string): boolean => /[\p{L}\p{N}]/u.test(word) && !EMPTY.has(word)
const pieceOf = (word: string): string => word.trim().slice(0, LONGEST)

/** The distinct words of a text and of parts of its long words, for an index; at most `most`, the first ones. */
export function wordsOf(text: string, most = 20_000): string[] {
  const words = new Set<string>()
  for (const word of opened().cutForSearch(written(text), true)) {
    if (!isWord(word)) continue
    words.add(pieceOf(word))
    if (words.size >= most) break
  }
  return [...words]
}

/**
 * The words that a text must hold to be found by what somebody typed, at most 12: cut by the same dictionary, long words
 * in their parts, because inside a text the same letters may be cut otherwise.
 */
export function wordsAsked(typed: string): string[] {
  const cut = opened().cutForSearch(written(typed), true).filter(isWord).map(pieceOf)
  const parts = [...new Set(cut)]
  const finest = parts.filter((word) => !isMadeOf(word, parts))
  // A single letter beside whole words is what cutting left over.
  const whole = finest.filter((word) => [...word].length > 1)
  return (whole.length > 0 ? whole : finest).slice(0, 12)
}

/** Whether shorter words of the list cover the word. */
function isMadeOf(word: string, words: readonly string[]): boolean {
  const inside = words.filter((one) => one !== word && [...one].length > 1 && word.includes(one))
  const covered = new Set<number>()
  for (const one of inside) {
    for (let at = word.indexOf(one); at >= 0; at = word.indexOf(one, at + 1))
      for (let place = at; place < at + one.length; place += 1) covered.add(place)
  }
  return covered.size === word.length
}

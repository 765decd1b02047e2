import en from './texts/print.en.json' with { type: 'json' }
import zh from './texts/print.zh-CN.json' with { type: 'json' }

const WORDS = { 'zh-CN': zh, en } as const
type Language = keyof typeof WORDS
export const wordsOf = (language: Language): typeof zh => WORDS[language]

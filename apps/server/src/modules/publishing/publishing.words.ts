import en from './texts/print.en.json' with { type: 'json' }
import zh from './texts/print.zh-CN.json' with { type: 'json' }

export type Language = 'zh-CN' | 'en'
export type Words = typeof zh
export const wordsOf = (language: Language): Words => (language === 'en' ? en : zh)

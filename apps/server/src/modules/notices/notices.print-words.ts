import en from './texts/print.en.json' with { type: 'json' }
import zh from './texts/print.zh-CN.json' with { type: 'json' }

type Language = 'zh-CN' | 'en'
export const wordsOf = (language: Language): typeof zh => (language === 'en' ? en : zh)

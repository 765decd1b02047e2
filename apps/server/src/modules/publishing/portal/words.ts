import en from '../texts/portal.en.json' with { type: 'json' }
import zh from '../texts/portal.zh-CN.json' with { type: 'json' }

export type PortalLanguage = 'zh-CN' | 'en'
export type PortalWords = typeof zh
export const portalWords = (language: PortalLanguage): PortalWords => (language === 'en' ? en : zh)

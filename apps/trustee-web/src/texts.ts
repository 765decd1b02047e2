import english from './texts.en.json' with { type: 'json' }
import chinese from './texts.zh-CN.json' with { type: 'json' }

export type Language = 'zh-CN' | 'en'
type Texts = { readonly [name: string]: string | Texts }

let language: Language = navigator.language.startsWith('zh') ? 'zh-CN' : 'en'

export const languageNow = (): Language => language
export function speak(next: Language): void {
  language = next
  document.documentElement.lang = next
}

/** The words of one key (`make.lead`) in the language that is on, with `{{facts}}` filled in. */
export function t(key: string, facts: Readonly<Record<string, string | number>> = {}): string {
  let found: string | Texts | undefined = (language === 'en' ? english : chinese) as Texts
  for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined
  if (typeof found !== 'string') throw new Error(`no words for ${key}`)
  return found.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => String(facts[name] ?? ''))
}

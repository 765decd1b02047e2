import english from './texts.en.json' with { type: 'json' }
import chinese from './texts.zh-CN.json' with { type: 'json' }

export type Language = 'zh-CN' | 'en'
type Texts = { readonly [name: string]: string | Texts }

const KEPT = 'tongxin.tv.language'
let language: Language = localStorage.getItem(KEPT) === 'en' ? 'en' : 'zh-CN'
document.documentElement.lang = language

export const languageNow = (): Language => language
export function speak(next: Language): void {
  language = next
  localStorage.setItem(KEPT, next)
  document.documentElement.lang = next
}

/** The words of one key (`pair.title`) in the language that is on, with `{{facts}}` filled in. */
export function t(key: string, facts: Readonly<Record<string, string | number>> = {}): string {
  let found: string | Texts | undefined = (language === 'en' ? english : chinese) as Texts
  for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined
  if (typeof found !== 'string') throw new Error(`no words for ${key}`)
  return found.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => String(facts[name] ?? ''))
}

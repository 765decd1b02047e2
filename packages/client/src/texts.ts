import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
/** Texts by key; nested objects as i18next takes them. */
export type Texts = { readonly [key: string]: string | Texts }
type Globbed = Readonly<Record<string, Texts>>

const LANGUAGE_KEY = 'tongxin.language'

/** The language the person chose, else the browser's, else Chinese. */
export function chosenLanguage(): Language {
  const kept = localStorage.getItem(LANGUAGE_KEY)
  if (kept === 'zh-CN' || kept === 'en') return kept
  return navigator.languages?.[0]?.toLowerCase().startsWith('en') ? 'en' : 'zh-CN'
}

/** `features/<module>/texts.<language>.json` becomes `<module>.…`: the folder is the prefix. */
function byModule(files: Globbed): Record<string, Texts> {
  const texts: Record<string, Texts> = {}
  for (const [path, content] of Object.entries(files)) {
    const module = path.split('/').at(-2)
    if (module) texts[module] = content
  }
  return texts
}

/** Refusal texts arrive keyed by full code; they become `refusal.<module>.<reason>`. */
function refusalsOf(files: Globbed): Record<string, Texts> {
  const texts: Record<string, Record<string, string | Texts>> = {}
  for (const content of Object.values(files)) {
    for (const [code, text] of Object.entries(content)) {
      const dot = code.indexOf('.')
      const module = code.slice(0, dot)
      texts[module] = { ...texts[module], [code.slice(dot + 1)]: text }
    }
  }
  return texts
}

/** `words/<module>.<language>.json`, which server and screens share, becomes `words.<module>.…`. */
function wordsOf(files: Globbed): Record<string, Texts> {
  const named = Object.entries(files).map(([path, content]) => [path.split('/').at(-1)?.split('.')[0] ?? '', content])
  return Object.fromEntries(named) as Record<string, Texts>
}

/**
 * One tree of one language from the shell's own texts, the features' files, the contract's refusal texts and the words
 * of records.
 */
export function gatherTexts(own: Globbed, features: Globbed, refusals: Globbed, words: Globbed = {}): Texts {
  const flat: Record<string, string | Texts> = {}
  for (const content of Object.values(own)) Object.assign(flat, content)
  const { refusal, ...rest } = flat
  const kept = { ...byModule(features), words: wordsOf(words) }
  return { ...rest, ...kept, refusal: { ...(refusal as Texts | undefined), ...refusalsOf(refusals) } }
}

type Loaders = Readonly<Record<Language, () => Promise<Texts>>>

/**
 * Starts i18next with one language loaded; the other comes when it is asked for. `load` has what the first page says;
 * `rest` is everything else, fetched and waited for by the pages that are not the first (`textsArrived`).
 */
export async function startTexts(load: Loaders, rest: Loaders | null = null): Promise<void> {
  const language = chosenLanguage()
  document.documentElement.lang = language
  await i18next.use(initReactI18next).init({
    lng: language,
    resources: { [language]: { translation: await load[language]() } },
    supportedLngs: [...LANGUAGES],
    interpolation: { escapeValue: false },
    returnEmptyString: false,
  })
  i18next.services.formatter?.add('list', (value: unknown) =>
    Array.isArray(value) ? value.join(i18next.language === 'en' ? ', ' : '、') : String(value),
  )
  loaders = rest ? [load, rest] : [load]
  fetchRest = rest && (async () => addTexts(language, await rest[language]()))
}

let loaders: readonly Loaders[] = []
let fetchRest: (() => Promise<void>) | null = null
let arriving: Promise<void> | null = null

/** Resolves when every text is there; fetches the rest when it is first asked for. A failed fetch is tried again. */
export async function textsArrived(): Promise<void> {
  if (fetchRest === null) return
  arriving ??= fetchRest()
  await arriving.catch((error: unknown) => {
    arriving = null
    throw error
  })
}

/** Merges into what is there: refusals and features come in two parts. */
const addTexts = (language: Language, texts: Texts): void =>
  void i18next.addResourceBundle(language, 'translation', texts, true)

/** Changes the language at once, without a reload, and remembers it on this device. */
export async function chooseLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation'))
    for (const texts of await Promise.all(loaders.map((load) => load[language]()))) addTexts(language, texts)
  localStorage.setItem(LANGUAGE_KEY, language)
  document.documentElement.lang = language
  await i18next.changeLanguage(language)
}

/** The sentences of one module's events, `{{name}}` standing for a member of the payload, and words for its codes. */
export type ModuleWords = {
  readonly sentences: Readonly<Record<string, string>>
  /** By name of the payload member: code to word. `field` and `fields` share one list, and so on. */
  readonly values: Readonly<Record<string, Readonly<Record<string, string>>>>
}
/** The words of all modules in one language. `shared` holds what is read in every module. */
export type EventWords = {
  readonly language: 'zh-CN' | 'en'
  readonly modules: ReadonlyMap<string, ModuleWords>
  readonly shared: {
    readonly yesNo: Readonly<Record<string, string>>
    readonly field: Readonly<Record<string, string>>
  }
}
type Told = { readonly type: string; readonly payload: Readonly<Record<string, unknown>> }

/** Puts the words of the modules together; `fields` are the names of the fields of a member record. */
export function eventWordsOf(
  language: 'zh-CN' | 'en',
  modules: Iterable<readonly [string, ModuleWords]>,
  yesNo: Readonly<Record<string, string>>,
  fields: Readonly<Record<string, string>>,
): EventWords {
  return { language, modules: new Map(modules), shared: { yesNo, field: fields } }
}

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/
/** Members of payloads whose codes are those of another member. */
const ONE_OF: Readonly<Record<string, string>> = {
  fields: 'field',
  columns: 'field',
  kinds: 'kind',
  categoryFrom: 'category',
  categoryTo: 'category',
}

/** One fact as a sentence without its subject: who did it, to whom and why stand beside it. */
export function sentenceOf({ type, payload }: Told, words: EventWords): string {
  const module = words.modules.get(moduleOf(type))
  const template = module?.sentences[type]
  if (template === undefined) return type
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => valueOf(name, payload[name], words, module))
}

export const moduleOf = (type: string): string => type.split('.')[0] ?? ''

function valueOf(name: string, value: unknown, words: EventWords, module: ModuleWords | undefined): string {
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return '—'
  if (Array.isArray(value))
    return value.map((item) => valueOf(name, item, words, module)).join(words.language === 'en' ? ', ' : '、')
  if (typeof value === 'object') return '—'
  const text = String(value)
  if (INSTANT.test(text)) return inShanghai(text)
  if (typeof value === 'boolean') return words.shared.yesNo[text] ?? text
  const code = ONE_OF[name] ?? name
  const own = module?.values[name]?.[text] ?? module?.values[code]?.[text]
  return own ?? (code === 'field' ? words.shared.field[text] : undefined) ?? text
}

/** `YYYY-MM-DD HH:mm` in Asia/Shanghai, which has no daylight saving. */
export function inShanghai(instant: string): string {
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
}

/** Types whose sentence or name contains the text: events are found by what people read, in either language. */
export function typesSaying(text: string, languages: readonly EventWords[]): string[] {
  const wanted = text.toLowerCase()
  const says = ([type, sentence]: [string, string]) =>
    type.includes(wanted) ||
    sentence
      .replace(/\{\{\w+\}\}/g, ' ')
      .toLowerCase()
      .includes(wanted)
  const found = languages.flatMap(({ modules }) =>
    [...modules.values()].flatMap(({ sentences }) => Object.entries(sentences).filter(says)),
  )
  return [...new Set(found.map(([type]) => type))]
}

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EventWords } from '@tongxin/contract'
import { eventWordsOf, type ModuleWords } from '@tongxin/contract/audit.sentence'
import english from '@tongxin/contract/words/audit.en.json' with { type: 'json' }
import chinese from '@tongxin/contract/words/audit.zh-CN.json' with { type: 'json' }
import { PROJECT_ROOT } from '../../platform/config.ts'

export type Language = 'zh-CN' | 'en'
export type FileWords = typeof chinese

/** Headings and names of the files that leave the server. */
export const fileWordsOf = (language: Language): FileWords => (language === 'en' ? english : chinese)

// Each module brings the sentences of its own events, so they are gathered from the folder, not from a list.
const FOLDER = join(PROJECT_ROOT, 'packages/contract/src/words/events')
const gather = (language: Language): EventWords =>
  eventWordsOf(
    language,
    readdirSync(FOLDER)
      .filter((name) => name.endsWith(`.${language}.json`))
      .map(
        (name) =>
          [name.split('.')[0] ?? '', JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as ModuleWords] as const,
      ),
    fileWordsOf(language).yesNo,
    JSON.parse(readFileSync(join(FOLDER, `../members.${language}.json`), 'utf8')).fields,
  )

export const WORDS: Readonly<Record<Language, EventWords>> = { 'zh-CN': gather('zh-CN'), en: gather('en') }

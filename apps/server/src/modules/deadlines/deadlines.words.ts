import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DeadlineWords } from '@tongxin/contract/deadlines.words'
import { PROJECT_ROOT } from '../../platform/config.ts'

type Language = 'zh-CN' | 'en'
// Each module brings the words of its own deadlines, so they are gathered from the folder, not from a list.
const FOLDER = join(PROJECT_ROOT, 'packages/contract/src/words/deadlines')
const gather = (language: Language): ReadonlyMap<string, DeadlineWords> =>
  new Map(
    readdirSync(FOLDER)
      .filter((name) => name.endsWith(`.${language}.json`))
      .map((name) => [name.split('.')[0] ?? '', JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as DeadlineWords]),
  )

/** The words of all modules in a language, for files and feeds that leave the server. */
export const KIND_WORDS: Readonly<Record<Language, ReadonlyMap<string, DeadlineWords>>> = {
  'zh-CN': gather('zh-CN'),
  en: gather('en'),
}

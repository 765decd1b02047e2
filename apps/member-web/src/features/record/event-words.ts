import { type EventWords, eventWordsOf, type ModuleWords } from '@tongxin/contract/audit.sentence'
import ownEnglish from '@tongxin/contract/words/audit.en.json'
import ownChinese from '@tongxin/contract/words/audit.zh-CN.json'
import memberEnglish from '@tongxin/contract/words/members.en.json'
import memberChinese from '@tongxin/contract/words/members.zh-CN.json'
import { useTranslation } from 'react-i18next'

// The sentences of all modules: only for the page of the own trail, which is loaded when it is opened.
type Files = Record<string, ModuleWords>
const chinese = import.meta.glob<ModuleWords>('../../../../../packages/contract/src/words/events/*.zh-CN.json', {
  eager: true,
  import: 'default',
}) as Files
const english = import.meta.glob<ModuleWords>('../../../../../packages/contract/src/words/events/*.en.json', {
  eager: true,
  import: 'default',
}) as Files

const modulesOf = (files: Files) =>
  Object.entries(files).map(([path, words]) => [path.split('/').at(-1)?.split('.')[0] ?? '', words] as const)

const WORDS = {
  'zh-CN': eventWordsOf('zh-CN', modulesOf(chinese), ownChinese.yesNo, memberChinese.fields),
  en: eventWordsOf('en', modulesOf(english), ownEnglish.yesNo, memberEnglish.fields),
}

/** The words of events in the language on the screen. */
export function useEventWords(): EventWords {
  const { i18n } = useTranslation()
  return i18n.language === 'en' ? WORDS.en : WORDS['zh-CN']
}

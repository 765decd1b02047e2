import { startTexts, textsArrived } from '@tongxin/client/texts'
import { texts as english } from '../texts.en.ts'
import { texts as restInEnglish } from '../texts.rest.en.ts'
import { texts as restInChinese } from '../texts.rest.zh-CN.ts'
import { texts as chinese } from '../texts.zh-CN.ts'

/** For tests: the application's own Chinese texts, so that a test finds things by the words a person reads. */
export async function speakChinese(): Promise<void> {
  localStorage.setItem('tongxin.language', 'zh-CN')
  await startTexts(
    { 'zh-CN': async () => chinese, en: async () => english },
    { 'zh-CN': async () => restInChinese, en: async () => restInEnglish },
  )
  await textsArrived()
}

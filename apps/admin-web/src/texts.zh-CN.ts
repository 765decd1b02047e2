import { gatherTexts, type Texts } from '@tongxin/client/texts'

type Files = Record<string, Texts>
const own = import.meta.glob<Texts>(
  ['./shell/texts.zh-CN.json', './shared/texts.zh-CN.json', '../../../packages/ui/src/texts.zh-CN.json'],
  { eager: true, import: 'default' },
)
const features = import.meta.glob<Texts>('./features/**/texts.zh-CN.json', { eager: true, import: 'default' })
// The runtime's refusals are told at the command line, never in a browser.
const refusals = import.meta.glob<Texts>(
  ['../../../packages/contract/src/texts/*.zh-CN.json', '!../../../packages/contract/src/texts/runtime.*'],
  { eager: true, import: 'default' },
)
const words = import.meta.glob<Texts>(
  [
    '../../../packages/contract/src/words/appraisal.zh-CN.json',
    '../../../packages/contract/src/words/courseware.zh-CN.json',
    '../../../packages/contract/src/words/credits.zh-CN.json',
    '../../../packages/contract/src/words/development.zh-CN.json',
    '../../../packages/contract/src/words/exams.zh-CN.json',
    '../../../packages/contract/src/words/learning.zh-CN.json',
    '../../../packages/contract/src/words/library.zh-CN.json',
    '../../../packages/contract/src/words/media.zh-CN.json',
    '../../../packages/contract/src/words/members.zh-CN.json',
    '../../../packages/contract/src/words/membership.zh-CN.json',
    '../../../packages/contract/src/words/org.zh-CN.json',
    '../../../packages/contract/src/words/publishing.zh-CN.json',
    '../../../packages/contract/src/words/study.zh-CN.json',
    '../../../packages/contract/src/words/tasks.zh-CN.json',
    '../../../packages/contract/src/words/topics.zh-CN.json',
    '../../../packages/contract/src/texts/rows/roster.zh-CN.json',
  ],
  { eager: true, import: 'default' },
)

/** Everything a person reads, in Chinese. */
export const texts = gatherTexts(own as Files, features as Files, refusals as Files, words as Files)

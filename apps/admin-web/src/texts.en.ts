import { gatherTexts, type Texts } from '@tongxin/client/texts'

type Files = Record<string, Texts>
const own = import.meta.glob<Texts>(
  ['./shell/texts.en.json', './shared/texts.en.json', '../../../packages/ui/src/texts.en.json'],
  { eager: true, import: 'default' },
)
const features = import.meta.glob<Texts>('./features/**/texts.en.json', { eager: true, import: 'default' })
// The runtime's refusals are told at the command line, never in a browser.
const refusals = import.meta.glob<Texts>(
  ['../../../packages/contract/src/texts/*.en.json', '!../../../packages/contract/src/texts/runtime.*'],
  { eager: true, import: 'default' },
)
const words = import.meta.glob<Texts>(
  [
    '../../../packages/contract/src/words/appraisal.en.json',
    '../../../packages/contract/src/words/courseware.en.json',
    '../../../packages/contract/src/words/credits.en.json',
    '../../../packages/contract/src/words/development.en.json',
    '../../../packages/contract/src/words/exams.en.json',
    '../../../packages/contract/src/words/learning.en.json',
    '../../../packages/contract/src/words/library.en.json',
    '../../../packages/contract/src/words/media.en.json',
    '../../../packages/contract/src/words/members.en.json',
    '../../../packages/contract/src/words/membership.en.json',
    '../../../packages/contract/src/words/org.en.json',
    '../../../packages/contract/src/words/publishing.en.json',
    '../../../packages/contract/src/words/study.en.json',
    '../../../packages/contract/src/words/tasks.en.json',
    '../../../packages/contract/src/words/topics.en.json',
    '../../../packages/contract/src/texts/rows/roster.en.json',
  ],
  { eager: true, import: 'default' },
)

/** Everything a person reads, in English. */
export const texts = gatherTexts(own as Files, features as Files, refusals as Files, words as Files)

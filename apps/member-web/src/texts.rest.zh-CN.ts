import { gatherTexts, type Texts } from '@tongxin/client/texts'

type Files = Record<string, Texts>
const features = import.meta.glob<Texts>(
  ['./features/*/texts.zh-CN.json', '!./features/{access,deadlines,meetings,notices}/texts.zh-CN.json'],
  { eager: true, import: 'default' },
)
// The runtime's refusals are told at the command line; imports, settings and the audit have no page here.
const refusals = import.meta.glob<Texts>(
  [
    '../../../packages/contract/src/texts/*.zh-CN.json',
    '!../../../packages/contract/src/texts/{request,access,meetings,notices}.*',
    '!../../../packages/contract/src/texts/{runtime,imports,settings,audit,demonstration,deadlines}.*',
  ],
  { eager: true, import: 'default' },
)
const words = import.meta.glob<Texts>(
  '../../../packages/contract/src/words/{courseware,credits,members,membership,org,development,appraisal,learning,library,media,publishing,study,tasks,topics}.zh-CN.json',
  {
    eager: true,
    import: 'default',
  },
)

/** Everything that pages other than the first say, in Chinese. */
export const texts = gatherTexts({}, features as Files, refusals as Files, words as Files)

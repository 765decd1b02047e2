import { gatherTexts, type Texts } from '@tongxin/client/texts'

type Files = Record<string, Texts>
const features = import.meta.glob<Texts>(
  ['./features/*/texts.en.json', '!./features/{access,deadlines,meetings,notices}/texts.en.json'],
  { eager: true, import: 'default' },
)
// The runtime's refusals are told at the command line; imports, settings and the audit have no page here.
const refusals = import.meta.glob<Texts>(
  [
    '../../../packages/contract/src/texts/*.en.json',
    '!../../../packages/contract/src/texts/{request,access,meetings,notices}.*',
    '!../../../packages/contract/src/texts/{runtime,imports,settings,audit,demonstration,deadlines}.*',
  ],
  { eager: true, import: 'default' },
)
const words = import.meta.glob<Texts>(
  '../../../packages/contract/src/words/{courseware,credits,members,membership,org,development,appraisal,learning,library,media,publishing,study,tasks,topics}.en.json',
  {
    eager: true,
    import: 'default',
  },
)

/** Everything that pages other than the first say, in English. */
export const texts = gatherTexts({}, features as Files, refusals as Files, words as Files)

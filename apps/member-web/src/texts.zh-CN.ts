import { gatherTexts, type Texts } from '@tongxin/client/texts'

type Files = Record<string, Texts>
const own = import.meta.glob<Texts>(['./shell/texts.zh-CN.json', '../../../packages/ui/src/texts.zh-CN.json'], {
  eager: true,
  import: 'default',
})
const features = import.meta.glob<Texts>('./features/{access,deadlines,meetings,notices}/texts.zh-CN.json', {
  eager: true,
  import: 'default',
})
const refusals = import.meta.glob<Texts>(
  '../../../packages/contract/src/texts/{request,access,meetings,notices}.zh-CN.json',
  {
    eager: true,
    import: 'default',
  },
)

/** What the first pages say (signing in, activation, home), in Chinese; the rest follows in `texts.rest.zh-CN.ts`. */
export const texts = gatherTexts(own as Files, features as Files, refusals as Files)

import { gatherTexts, type Texts } from '@tongxin/client/texts'

type Files = Record<string, Texts>
const own = import.meta.glob<Texts>(['./shell/texts.en.json', '../../../packages/ui/src/texts.en.json'], {
  eager: true,
  import: 'default',
})
const features = import.meta.glob<Texts>('./features/{access,deadlines,meetings,notices}/texts.en.json', {
  eager: true,
  import: 'default',
})
const refusals = import.meta.glob<Texts>(
  '../../../packages/contract/src/texts/{request,access,meetings,notices}.en.json',
  {
    eager: true,
    import: 'default',
  },
)

/** What the first pages say (signing in, activation, home), in English; the rest follows in `texts.rest.en.ts`. */
export const texts = gatherTexts(own as Files, features as Files, refusals as Files)

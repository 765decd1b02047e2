import {
  type FoundRow,
  type Input,
  libraryRefusals as refusals,
  requestRefusals,
  type searchLibrary,
} from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { wordsAsked } from '../../../platform/words.ts'
import { PAGE, SHELVES } from '../library.policy.ts'
import { documentsById } from '../queries/documents.queries.ts'
import * as q from '../queries/words.queries.ts'
import { allOf, onNewest, sightQuery } from './marks.ts'
import { rowOf, sightOf } from './shown.ts'

type Body = Input<typeof searchLibrary>['body']
type Found = { rows: FoundRow[]; next: string | null; words: string[] }
/** Where a page begins: among those found in the title, or after them; below a number. */
type Place = { readonly tier: 'title' | 'rest'; readonly before: number }
type Hit = { readonly seq: number; readonly id: string; readonly tier: Place['tier'] }

function placeIn(cursor: string | undefined, last: number): Place {
  if (cursor === undefined) return { tier: 'title', before: last + 1 }
  const [, tier, before] = /^(title|rest):(\d{1,15})$/.exec(cursor) ?? []
  if (tier === undefined) throw requestRefusals.malformed({}, [{ field: '/body/cursor', code: 'field.wrong_format' }])
  return { tier: tier as Place['tier'], before: Number(before) }
}

/**
 * Hits below a number, the newest first. What is frequent fills a page from the newest shelves; what does not is rare
 * among what the caller may see, and is looked for everywhere.
 */
async function hits(
  ctx: Ctx<Tx>,
  query: string,
  before: number,
  limit: number,
): Promise<{ seq: number; id: string }[]> {
  const { tenantId } = ctx.actor
  for (const size of ['s', 'r'] as const) {
    const near = await q.matches(ctx.db, tenantId, { query: `${query} & ${onNewest(before, size)}`, before, limit })
    if (near.length === limit || before < SHELVES[size]) return near
  }
  return q.matches(ctx.db, tenantId, { query, before, limit })
}

/** One page: those with all words in the title first, each part the newest first. */
async function page(ctx: Ctx<Tx>, words: readonly string[], sight: string, place: Place, last: number): Promise<Hit[]> {
  const found: Hit[] = []
  const most = PAGE + 1
  if (place.tier === 'title') {
    const titled = await hits(ctx, `${allOf(words, 'title')} & ${sight}`, place.before, most)
    found.push(...titled.map((hit) => ({ ...hit, tier: 'title' as const })))
  }
  if (found.length < most) {
    const before = place.tier === 'title' ? last + 1 : place.before
    const query = `${allOf(words, 'anywhere')} & !${allOf(words, 'title')} & ${sight}`
    const rest = await hits(ctx, query, before, most - found.length)
    found.push(...rest.map((hit) => ({ ...hit, tier: 'rest' as const })))
  }
  return found
}

const search =
  (as: 'desk' | 'own') =>
  async (ctx: Ctx<Tx>, { body }: { readonly body: Body }): Promise<Found> => {
    const words = wordsAsked(body.text)
    if (words.length === 0) throw refusals.nothing_to_find.at('/body/text')
    const { tenantId } = ctx.actor
    const last = await q.lastSeq(ctx.db, tenantId)
    const place = placeIn(body.cursor, last)
    const { classId = null, kind = null, secrecy = null } = body
    const found = await page(ctx, words, sightQuery(ctx.actor, { as, classId, kind, secrecy }), place, last)
    const kept = found.slice(0, PAGE)
    const ids = kept.map(({ id }) => id)
    const sight = sightOf(ctx, as)
    const documents = await documentsById(ctx.db, ctx.actor, sight, ids)
    const longest = words.toSorted((a, b) => b.length - a.length)[0] ?? ''
    const passages = await q.passagesOf(ctx.db, tenantId, [...documents.keys()], longest)
    const rows = kept.flatMap(({ id, tier }) => {
      const document = documents.get(id)
      if (!document) return []
      const snippet = passages.get(id) ?? document.summary.slice(0, 110)
      return [{ ...rowOf(document, sight.today), isInTitle: tier === 'title', snippet }]
    })
    const end = kept.at(-1)
    return { rows, next: found.length > PAGE && end ? `${end.tier}:${end.seq}` : null, words }
  }
export const searchDesk = search('desk')
export const searchOwn = search('own')

import { type ArticleText, publishingRefusals as refusals } from '@tongxin/contract'
import {
  documentProblem,
  isDocumentEmpty,
  isHostAllowed,
  isUsableText,
  linksOfDocument,
  picturesOfDocument,
  safeLink,
} from '@tongxin/domain/publishing/document'
import { todayOf } from '../../../platform/clock.ts'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { attachFile, filesOfSubject, keptFile } from '../../files/index.ts'
import { PICTURES } from '../publishing.policy.ts'
import type { Column } from '../queries/columns.queries.ts'

const WRONG = {
  broken: refusals.document_broken,
  unknown_part: refusals.document_unknown_part,
  unsafe_link: refusals.document_unsafe_link,
  unusable_text: refusals.document_unusable_text,
  too_large: refusals.document_too_large,
} as const

/** Every string of a value with its place, the document left out: it is checked by its own rules. */
function* stringsIn(value: unknown, at: string): Generator<{ at: string; text: string }> {
  if (typeof value === 'string') yield { at, text: value }
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) yield* stringsIn(inner, `${at}/${key}`)
}

/** What may be saved at all, though it is not finished. @throws Refusal naming the place */
export function demandSavable(text: ArticleText, column: Column, today: string): void {
  const { document, ...rest } = text
  for (const { at, text: said } of stringsIn(rest, '/body/text'))
    if (!isUsableText(said)) throw refusals.text_unusable.at(at)
  const problem = documentProblem(document)
  if (problem) throw WRONG[problem.fault].at(`/body/text/document${problem.at}`, { part: problem.part })
  for (const { at, href } of linksOfDocument(document))
    if (!isHostAllowed(href, column.linkHosts))
      throw refusals.link_host.at(`/body/text/document${at}`, { host: new URL(href).hostname })
  const url = text.source?.url
  if (url !== undefined && !/^https?:/.test(safeLink(url) ?? '')) throw refusals.unsafe_link.at('/body/text/source/url')
  demandDates(text, today)
}

function demandDates({ source, openness, showcase }: ArticleText, today: string): void {
  const past = { 'source/checkedOn': source?.checkedOn, 'source/publishedOn': source?.publishedOn }
  const dates = { ...past, 'showcase/consent/givenOn': showcase?.consent?.givenOn }
  for (const [at, date] of Object.entries(dates))
    if (date !== undefined && date > today) throw refusals.dates_wrong.at(`/body/text/${at}`)
  if (openness?.untilOn !== undefined && openness.untilOn < openness.fromOn)
    throw refusals.dates_wrong.at('/body/text/openness/untilOn')
}

const areSaid = (...words: readonly (string | undefined)[]): boolean =>
  words.every((one) => one !== undefined && one.trim().length > 1)

/** What has to be there before the second hand sees a text, and once more before it is released (S117). */
export function demandWhole(text: ArticleText, column: Pick<Column, 'kind'>): void {
  if (isDocumentEmpty(text.document)) throw refusals.nothing_said.at('/body/text/document')
  if (!areSaid(text.source?.unit, text.source?.evidence, text.source?.checker))
    throw refusals.source_missing.at('/body/text/source')
  if (column.kind === 'openness' && !text.openness) throw refusals.openness_missing.at('/body/text/openness')
  if (column.kind !== 'showcase') return
  if (!areSaid(text.showcase?.name)) throw refusals.showcase_missing.at('/body/text/showcase')
  const consent = text.showcase?.consent
  if (!areSaid(consent?.by, consent?.evidence)) throw refusals.consent_missing.at('/body/text/showcase/consent')
}

export const picturesOf = (text: ArticleText): string[] => [
  ...new Set([...picturesOfDocument(text.document), ...(text.coverId === undefined ? [] : [text.coverId])]),
]

/** Gives the pictures of a text to its article; those that are not pictures, or of somebody else, are refused. */
export async function attachPictures(
  ctx: Ctx<Tx>,
  article: { readonly id: string; readonly unitId: string; readonly orgPath: string },
  text: ArticleText,
): Promise<void> {
  const asked = picturesOf(text)
  if (asked.length === 0) return
  const there = new Set((await filesOfSubject(ctx, 'publishing_article', article.id, true)).map(({ id }) => id))
  for (const fileId of asked.filter((id) => !there.has(id))) {
    const file = await keptFile(ctx.db, ctx.actor.tenantId, fileId)
    if (!file || file.ownerId !== ctx.actor.personId || !PICTURES.includes(file.kind))
      throw refusals.not_a_picture.at('/body/text/document')
    await attachFile(ctx, fileId, {
      kind: 'publishing_article',
      id: article.id,
      orgId: article.unitId,
      orgPath: article.orgPath,
      readPermission: 'publishing.read',
    })
  }
}

export const todayIn = (ctx: Pick<Ctx, 'now'>): string => todayOf(ctx.now)

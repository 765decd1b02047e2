import type { LibraryKind, SecrecyGrade } from '@tongxin/contract'
import type { Actor } from '../../../platform/ctx.ts'
import { pathsAlong } from '../../../platform/scope.ts'
import { wordsOf } from '../../../platform/words.ts'
import type { Shelf } from '../library.policy.ts'
import { quoted, shelfOf } from '../queries/words.queries.ts'

const SIZES: readonly Shelf[] = ['s', 'r']

/**
 * Words and marks of the index. A mark has a colon, which no word has; marks of place name the tenant, because paths are
 * alike in all of them. What a caller may see is so part of the question that the index answers, and a rare word with a
 * place costs what the rarer of them costs. The rows themselves are read under their own policy all the same.
 */
export type Worded = {
  readonly id: string
  readonly seq: number
  readonly kind: LibraryKind
  readonly orgPath: string
  readonly audiencePath: string
  readonly classPath: string
  readonly title: string
  readonly summary: string
  readonly tags: readonly string[]
  readonly secrecy: SecrecyGrade
  readonly documentNumber: string | null
  readonly issuer: string | null
}

const place = (mark: string, tenantId: string, path: string): string => `${mark}:${tenantId.slice(-12)}:${path}`
const classesAlong = (path: string): string[] => path.split('.')

/** The places under which the words of a document are kept: when these change, it is worded anew. */
export const wordedAs = ({ orgPath, audiencePath }: Pick<Worded, 'orgPath' | 'audiencePath'>): string =>
  `${orgPath} ${audiencePath}`

export function marksOf(tenantId: string, document: Worded): string[] {
  const { title, summary, tags, documentNumber, issuer } = document
  const titled = wordsOf([title, documentNumber ?? ''].join('\n'))
  return [
    ...wordsOf([title, summary, ...tags, documentNumber ?? '', issuer ?? ''].join('\n')),
    ...titled.map((word) => `t:${word}`),
    place('a', tenantId, document.audiencePath),
    ...pathsAlong(document.audiencePath).map((path) => place('b', tenantId, path)),
    place('u', tenantId, document.orgPath),
    ...pathsAlong(document.orgPath).map((path) => place('o', tenantId, path)),
    ...classesAlong(document.classPath).map((id) => `c:${id}`),
    `k:${document.kind}`,
    `g:${document.secrecy}`,
    ...SIZES.map((size) => `${size}:${shelfOf(document.seq, size)}`),
  ]
}

export type Asked = {
  readonly as: 'desk' | 'own'
  readonly classId: string | null
  readonly kind: LibraryKind | null
  readonly secrecy: SecrecyGrade | null
}

/** The part of the question that says whose eyes look, and through which filters. */
export function sightQuery({ tenantId, scope, reach }: Actor, asked: Asked): string {
  const marks = pathsAlong(scope).map((path) => place('a', tenantId, path))
  if (asked.as === 'desk' && reach !== 'self')
    marks.push(
      ...(reach === 'node'
        ? [place('u', tenantId, scope)]
        : [place('b', tenantId, scope), place('o', tenantId, scope)]),
    )
  const parts = [`(${marks.map(quoted).join(' | ')})`]
  if (asked.as === 'own') parts.push(`!${quoted('g:work_secret')}`)
  if (asked.classId !== null) parts.push(quoted(`c:${asked.classId}`))
  if (asked.kind !== null) parts.push(quoted(`k:${asked.kind}`))
  if (asked.secrecy !== null) parts.push(quoted(`g:${asked.secrecy}`))
  return parts.join(' & ')
}

/** All words anywhere, or all in the title. */
export const allOf = (words: readonly string[], where: 'title' | 'anywhere'): string =>
  `(${words.map((word) => quoted(where === 'title' ? `t:${word}` : word)).join(' & ')})`
/** The shelf below a number and the one before it. */
export const onNewest = (before: number, size: Shelf): string => {
  const newest = shelfOf(before, size)
  return `(${[newest, newest - 1].map((shelf) => quoted(`${size}:${shelf}`)).join(' | ')})`
}

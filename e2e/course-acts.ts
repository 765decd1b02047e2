import { randomUUID } from 'node:crypto'
import type { CourseContent } from '@tongxin/contract'
import type { RoleName } from '@tongxin/contract/roles'
import type { Page } from 'playwright-core'
import { ask, type Person } from './steps.ts'

type Session = { grantId: string | null; posts: { grantId: string; role: string; orgId: string }[] }
type Draft = { id: string; version: number; content: CourseContent }
type Block = CourseContent['chapters'][number]['blocks'][number]

/** Who makes a course known: three hands, none of which does the work of another. */
export type Hands = { readonly author: Person; readonly reviewer: Person; readonly releaser: Person }

/** Acts under the post of a role. @returns its organisation */
async function actAs(page: Page, role: RoleName): Promise<string> {
  const { grantId, posts } = await ask<Session>(page, 'GET', '/session')
  const post = posts.find((one) => one.role === role)
  if (!post) throw new Error(`no post as ${role}`)
  if (post.grantId !== grantId) await ask(page, 'PUT', '/session/post', { grantId: post.grantId })
  return post.orgId
}

/** A request against the version of the course as it stands. */
async function step(page: Page, method: string, id: string, what: string, body: object): Promise<void> {
  const { version } = await ask<Draft>(page, 'GET', `/courses/${id}`)
  await ask(page, method, `/courses/${id}/${what}`, body, { 'if-match': `"${version}"` })
}

/** A course of one chapter of the branch of its author, through its three hands to the learners. @returns its id */
export async function releasedCourse(hands: Hands, title: string, blocks: readonly Block[]): Promise<string> {
  const { author, reviewer, releaser } = hands
  const own = author.screen.page
  const orgId = await actAs(own, 'branch_secretary')
  const { id } = await ask<Draft>(own, 'POST', '/courses', { orgId, title, column: 'work', kind: 'package' })
  const { content } = await ask<Draft>(own, 'GET', `/courses/${id}`)
  await step(own, 'PUT', id, 'draft', {
    ...content,
    source: { kind: 'own', from: '本支部', publishedOn: null, permission: null },
    chapters: [{ id: randomUUID(), title: '自测', blocks }],
  })
  await step(own, 'POST', id, 'submit', {})
  await step(reviewer.screen.page, 'POST', id, 'review', { verdict: 'pass' })
  await step(releaser.screen.page, 'POST', id, 'release', { verdict: 'pass' })
  return id
}

export const packageBlock = (packageId: string): Block => ({
  id: randomUUID(),
  kind: 'package',
  title: '',
  confirm: null,
  packageId,
})

export const mediaBlock = (mediaId: string): Block => ({
  id: randomUUID(),
  kind: 'media',
  title: '',
  confirm: null,
  mediaId,
})

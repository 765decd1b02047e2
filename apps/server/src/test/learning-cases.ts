import type { CourseContent, CourseRecord, ProgressMark } from '@tongxin/contract'
import { expect } from 'vitest'
import type { Client, Fixture, OrgKey } from './fixture.ts'

type Changed = { id: string; version: number }
type Block = CourseContent['chapters'][number]['blocks'][number]

export const textBlock = (text = '共产党人的初心'): Block => ({
  id: crypto.randomUUID(),
  kind: 'text',
  title: '',
  confirm: null,
  text,
})
/** A card of a micro-lesson whose right answer is the second option. */
export const cardBlock = (): Block => ({
  id: crypto.randomUUID(),
  kind: 'card',
  title: '',
  confirm: null,
  fileId: null,
  text: '党员应当按月交纳党费。',
  question: { text: '党费多久交纳一次？', options: ['每年', '每月'], right: 1, why: '按月主动交纳。' },
})
export const chaptersOf = (...chapters: readonly (readonly Block[])[]): CourseContent['chapters'] =>
  chapters.map((blocks, at) => ({ id: crypto.randomUUID(), title: `第${at + 1}章`, blocks: [...blocks] }))
export const SOURCE: CourseContent['source'] = { kind: 'own', from: '组织部', publishedOn: null, permission: null }

/** An author, a reviewer and a releaser of the committee, and the acts of a course. */
export async function coursesOf(f: Fixture, org: OrgKey = 'committee') {
  const author = await f.signIn('committee_admin', org, { name: '撰稿人' })
  const reviewer = await f.signIn('party_worker', org, { name: '审核人' })
  const releaser = await f.signIn('committee_admin', org, { name: '发布人' })
  const read = async (id: string, client = author) => (await client.send<CourseRecord>('GET', `/courses/${id}`)).body
  const act = async (client: Client, id: string, step: string, body: object = {}) => {
    const { version } = await read(id)
    return client.send<Changed>('POST', `/courses/${id}/${step}`, body, { 'if-match': `"${version}"` })
  }
  const save = async (id: string, more: Partial<CourseContent>, client = author) => {
    const { content, version } = await read(id)
    return client.send<Changed>('PUT', `/courses/${id}/draft`, { ...content, ...more }, { 'if-match': `"${version}"` })
  }
  const begun = async (title = '党章学习', more: Partial<CourseContent> = {}): Promise<string> => {
    const made = await author.send<Changed>('POST', '/courses', {
      orgId: f.orgs[org].id,
      title,
      column: 'rules',
      kind: more.kind ?? 'article',
    })
    expect(made.status, JSON.stringify(made.body)).toBe(200)
    const saved = await save(made.body.id, { source: SOURCE, ...more })
    expect(saved.status, JSON.stringify(saved.body)).toBe(200)
    return made.body.id
  }
  /** From the draft to the learners, through three hands. */
  const released = async (id: string): Promise<string> => {
    for (const [client, step, body] of [
      [author, 'submit', {}],
      [reviewer, 'review', { verdict: 'pass' }],
      [releaser, 'release', { verdict: 'pass' }],
    ] as const) {
      const done = await act(client, id, step, body)
      expect(done.status, JSON.stringify(done.body)).toBe(200)
    }
    return id
  }
  const open = async (title: string, more: Partial<CourseContent> = {}): Promise<string> =>
    released(await begun(title, { chapters: chaptersOf([textBlock()]), ...more }))
  return { author, reviewer, releaser, read, act, save, begun, released, open }
}

/** A mark as a device sends it. */
export const markOf = (courseId: string, blockId: string, more: Partial<ProgressMark> = {}): ProgressMark => ({
  id: crypto.randomUUID(),
  courseId,
  blockId,
  place: 0,
  isDone: true,
  choice: null,
  at: '2026-11-02T00:30:00.000Z',
  ...more,
})

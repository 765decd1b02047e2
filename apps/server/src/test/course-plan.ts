import { randomUUID } from 'node:crypto'
import type { CourseContent } from '@tongxin/contract'
import type { Client } from 'pg'
import type { Vault } from '../platform/vault.ts'
import { insertRows, type Person, plantMembers, plantPeople, plantTree } from './planting.ts'

/** A released course that so many people have begun. */
export type CourseBegun = {
  readonly tenantId: string
  readonly courseId: string
  readonly blockIds: readonly string[]
  readonly learners: readonly Person[]
}

/** Plants people, a course of one chapter of text and their beginnings, straight into the tables. */
export async function plantCourse(client: Client, vault: Vault, people: number, blocks: number): Promise<CourseBegun> {
  const now = new Date()
  const { tenantId, root, ...planted } = await plantTree(client, Math.max(1, Math.ceil(people / 100)), now)
  const members = await plantMembers(client, vault, { tenantId, root, ...planted }, people, now)
  const posts = members.map(({ id, personId, unit }) => ({ role: 'member' as const, unit, memberId: id, personId }))
  const learners = await plantPeople(client, tenantId, posts, now)
  const content = contentOf(root.id, blocks)
  const courseId = randomUUID()
  const own = { tenant_id: tenantId, course_id: courseId, org_path: root.path }
  const { title, column, kind, minutes, quarters } = content
  await insertRows(client, 'learning_course', [
    {
      ...{ tenant_id: tenantId, id: courseId, org_id: root.id, org_path: root.path, title, column_code: column, kind },
      ...{ summary: '', theme: '', lecturer: '', is_required: true, quarters, minutes, blocks },
      ...{ audience_id: root.id, audience_path: root.path, audience_kinds: ['formal'], audience_posts: [] },
      ...{ audience_levels: [], is_public: false, is_downloadable: false, state: 'live', live_version: 1 },
      ...{ enrolled: people, completed: 0, rating_sum: 0, rating_count: 0, version: 1 },
      ...{ created_by: randomUUID(), changed_at: now, released_at: now },
    },
  ])
  const [writer, reviewer, releaser] = [randomUUID(), randomUUID(), randomUUID()]
  const hands = { writer_ids: [writer], submitted_by: writer, reviewed_by: reviewer, released_by: releaser }
  const version = { ...own, number: 1, state: 'released', content, ...hands }
  await insertRows(client, 'learning_version', [{ ...version, submitted_at: now, reviewed_at: now, released_at: now }])
  await insertRows(
    client,
    'learning_progress',
    members.map(({ id, personId, unit }) => ({
      ...own,
      ...{ member_id: id, person_id: personId, org_path: unit.path, number: 1, done: 0, total: blocks },
      ...{ started_at: now, last_at: now },
    })),
  )
  await client.query('vacuum analyze')
  return { tenantId, courseId, blockIds: content.chapters[0]?.blocks.map(({ id }) => id) ?? [], learners }
}

const contentOf = (orgId: string, blocks: number): CourseContent => ({
  title: '党章学习',
  summary: '',
  column: 'rules',
  kind: 'article',
  theme: '',
  lecturer: '',
  isRequired: true,
  quarters: 4,
  minutes: 45,
  audience: { orgId, kinds: ['formal'], posts: [], levels: [] },
  isPublic: false,
  isDownloadable: false,
  validFrom: null,
  validUntil: null,
  source: { kind: 'own', from: '组织部', publishedOn: null, permission: null },
  prerequisites: [],
  mastery: 60,
  coverId: null,
  chapters: [
    {
      id: randomUUID(),
      title: '第一章',
      blocks: Array.from({ length: blocks }, (_, at) => ({
        id: randomUUID(),
        kind: 'text',
        title: `第 ${at + 1} 节`,
        confirm: null,
        text: '党员必须履行的义务。'.repeat(40),
      })),
    },
  ],
})

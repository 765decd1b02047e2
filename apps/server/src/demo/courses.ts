import type { CourseContent, CourseRecord, MyCourse, MyCourseRow, ProgressMark } from '@tongxin/contract'
import { MODULES } from '../modules.ts'
import { COURSES, type InventedCourse } from './course-texts.ts'
import type { Desk } from './desk.ts'
import { type Random, seeded } from './random.ts'
import type { Plan, Stage } from './staffing.ts'
import { at } from './virtual-time.ts'

const DAY = 86_400_000
type Changed = { id: string; version: number }

/** Courses in three hands, two plans, and how far people are with them. */
export async function teachCourses(stage: Stage, plan: Plan): Promise<void> {
  const [author, reviewer] = stage.desks.allOfPost('party_worker', stage.rootId)
  if (!author || !reviewer) throw new Error('nobody writes or reviews the courses')
  const hands = { author, reviewer, releaser: stage.desks.ofPost('committee_admin', stage.rootId) }
  const random = seeded(20_261_122)
  const ids = new Map<string, string>()
  for (const [place, invented] of COURSES.entries()) {
    const day = new Date(stage.now.getTime() - (200 - place * 9) * DAY)
    ids.set(invented.title, await released(stage, hands, invented, day, random))
  }
  await makePlans(stage, author, ids)
  await learn(stage, plan, random)
  const counting = MODULES.find(({ name }) => name === 'learning')?.jobs?.find(
    ({ name }) => name === 'learning_count_courses',
  )
  const { platform } = stage.app.http
  await counting?.run({ platform, now: stage.now, signal: new AbortController().signal })
  await at(stage.now, () => draft(stage, author, random))
}

type Hands = { author: Desk; reviewer: Desk; releaser: Desk }

async function released(
  stage: Stage,
  hands: Hands,
  invented: InventedCourse,
  day: Date,
  random: Random,
): Promise<string> {
  const { author, reviewer, releaser } = hands
  const id = await at(day, () => written(stage, author, invented, random))
  const step = async (desk: Desk, on: number, path: string, body: object) => {
    await at(new Date(day.getTime() + on * DAY), async () => {
      const { version } = await desk<CourseRecord>('GET', `/courses/${id}`)
      await desk('POST', `/courses/${id}/${path}`, body, version)
    })
  }
  await step(author, 0, 'submit', {})
  await step(reviewer, 1, 'review', { verdict: 'pass' })
  await step(releaser, 2, 'release', { verdict: 'pass' })
  return id
}

async function written(stage: Stage, author: Desk, invented: InventedCourse, random: Random): Promise<string> {
  const { title, column, kind } = invented
  const { id } = await author<Changed>('POST', '/courses', { orgId: stage.rootId, title, column, kind })
  const { content, version } = await author<CourseRecord>('GET', `/courses/${id}`)
  await author('PUT', `/courses/${id}/draft`, contentOf(content as CourseContent, invented, random), version)
  return id
}

/** An id of the seed, so that two generated committees are alike. */
const idOf = (random: Random): string => {
  const hex = Array.from({ length: 32 }, () => random.int(0, 15).toString(16)).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}

function contentOf(empty: CourseContent, invented: InventedCourse, random: Random): CourseContent {
  const { chapters, cards = [], from, isPublic = false, title, ...facts } = invented
  const block = { title: '', confirm: null }
  const isForSecretaries = title === '支部书记上岗培训'
  return {
    ...empty,
    ...facts,
    title,
    isPublic,
    audience: {
      ...empty.audience,
      kinds: isForSecretaries ? ['formal'] : ['formal', 'probationary', 'activist'],
      posts: isForSecretaries ? ['secretary'] : [],
    },
    source: { kind: 'own', from, publishedOn: null, permission: null },
    chapters: [
      ...chapters.map(([name, text]) => ({
        id: idOf(random),
        title: name,
        blocks: [{ ...block, id: idOf(random), kind: 'text' as const, text }],
      })),
      ...(cards.length > 0 ? [{ id: idOf(random), title, blocks: cards.map((card) => cardOf(card, random)) }] : []),
    ],
  }
}

function cardOf([text, asked, right, wrong, why]: NonNullable<InventedCourse['cards']>[number], random: Random) {
  const isFirst = random.int(0, 1) === 0
  const question = { text: asked, options: isFirst ? [right, wrong] : [wrong, right], right: isFirst ? 0 : 1, why }
  return { id: idOf(random), kind: 'card' as const, title: '', confirm: null, fileId: null, text, question }
}

/** The yearly plan of the committee, and an assignment that is due soon. */
async function makePlans(stage: Stage, author: Desk, ids: ReadonlyMap<string, string>): Promise<void> {
  const year = stage.now.getUTCFullYear()
  const dayIn = (days: number) => new Date(stage.now.getTime() + days * DAY).toISOString().slice(0, 10)
  const within = (on: string) => (on.startsWith(`${year}`) ? on : `${year}-12-31`)
  const course = (title: string, isRequired: boolean, dueOn: string | null) => ({
    courseId: ids.get(title),
    isRequired,
    dueOn,
  })
  const audience = { orgId: stage.rootId, kinds: ['formal', 'probationary'], posts: [], levels: [] }
  const make = (body: object) =>
    at(new Date(stage.now.getTime() - 60 * DAY), async () => {
      const { id, version } = await author<Changed>('POST', '/learning-plans', {
        year,
        orgId: stage.rootId,
        audience,
        ...body,
      })
      await author('POST', `/learning-plans/${id}/publish`, {}, version)
    })
  await make({
    kind: 'annual',
    title: `${year} 年党员教育年度学习计划`,
    note: '必修课程请按时学完，选修课程根据岗位自选。',
    courses: [
      course('党章的结构与党员的义务权利', true, within(dayIn(20))),
      course('支部组织生活怎么开', true, within(dayIn(30))),
      course('学习的方法：带着问题读原著', true, null),
      course('调查研究入门', false, null),
      course('校史里的支部', false, null),
    ],
  })
  await make({
    kind: 'assignment',
    title: '廉洁教育月学习任务',
    note: '',
    courses: [course('身边的廉洁风险', true, dayIn(-5).startsWith(`${year}`) ? dayIn(-5) : `${year}-01-31`)],
  })
}

const LEARNERS = 12
const COURSES_EACH = 4

/** Some people of each branch learn some courses: finished, or up to somewhere. */
async function learn(stage: Stage, plan: Plan, random: Random): Promise<void> {
  for (const branch of plan.branches.slice(0, 6)) {
    for (const { memberId } of branch.people.slice(0, LEARNERS)) {
      const phone = stage.desks.ofMember(memberId)
      if (!phone) continue
      const { rows } = await at(stage.now, () => phone<{ rows: MyCourseRow[] }>('GET', '/my/courses?limit=100'))
      for (const { id } of random.some(rows, COURSES_EACH)) {
        const day = new Date(stage.now.getTime() - random.int(3, 55) * DAY)
        await at(day, () => readSome(phone, id, day, random))
      }
    }
  }
}

async function readSome(phone: Desk, id: string, day: Date, random: Random): Promise<void> {
  await phone('POST', `/my/courses/${id}/start`, {})
  const { chapters } = await phone<MyCourse>('GET', `/my/courses/${id}`)
  const blocks = chapters.flatMap((chapter) => chapter.blocks)
  const isWhole = random.int(1, 10) <= 7
  const read = isWhole ? blocks : blocks.slice(0, random.int(0, blocks.length - 1))
  const marks = read.map(
    (block): ProgressMark => ({
      id: idOf(random),
      courseId: id,
      blockId: block.id,
      place: 0,
      isDone: true,
      choice: block.kind === 'card' && block.question ? random.int(0, 1) : null,
      at: day.toISOString(),
    }),
  )
  if (marks.length > 0) await phone('POST', '/my/learning/progress', { marks })
  if (isWhole && random.int(1, 3) > 1) await phone('POST', `/my/courses/${id}/rating`, { stars: random.int(3, 5) })
}

/** One that is just being written, and one that waits for its review. */
async function draft(stage: Stage, author: Desk, random: Random): Promise<void> {
  const [first, second] = COURSES
  if (!first || !second) return
  await written(
    stage,
    author,
    { ...first, title: '党内法规概览（编写中）', chapters: first.chapters.slice(0, 1) },
    random,
  )
  const id = await written(stage, author, { ...second, title: '主题党日策划', theme: '主题党日' }, random)
  const { version } = await author<CourseRecord>('GET', `/courses/${id}`)
  await author('POST', `/courses/${id}/submit`, {}, version)
}

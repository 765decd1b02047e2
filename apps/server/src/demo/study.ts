import { todayOf } from '../platform/clock.ts'
import type { Desk } from './desk.ts'
import type { Plan, Stage } from './staffing.ts'
import { ALIKE, REFLECTIONS, SUMMARY, VIEWS } from './study-texts.ts'
import { at } from './virtual-time.ts'

const DAY = 86_400_000
const MEMBERS = { kinds: ['formal', 'probationary'], posts: [], levels: [] }
type Made = { id: string }
type Branch = Plan['branches'][number]

/** Homework, reflections, a study group and two campaigns, made as people make them; the diary stays switched off. */
export async function studyTogether(stage: Stage, plan: Plan): Promise<void> {
  const branch = plan.branches[0]
  if (!branch) return
  await setAndMark(stage, branch)
  await meetAsGroup(stage, branch)
  await campaign(stage, plan)
}

const ago = (stage: Stage, days: number): Date => new Date(stage.now.getTime() - days * DAY)
/** The applications of people of a branch who use theirs, its secretary aside. */
const writersOf = (stage: Stage, branch: Branch): { desk: Desk; memberId: string }[] =>
  branch.people.slice(1).flatMap(({ memberId, category }) => {
    const desk = category === 'formal' ? stage.desks.ofMember(memberId) : null
    return desk ? [{ desk, memberId }] : []
  })

async function setAndMark(stage: Stage, branch: Branch): Promise<void> {
  const secretary = stage.desks.ofPost('branch_secretary', branch.id)
  const [first, second, third, fourth] = writersOf(stage, branch)
  const limits = { minWords: 50, maxWords: 3000, needsFile: false, audience: MEMBERS }
  const task = {
    orgId: branch.id,
    kind: 'reflection',
    title: '学习支部工作条例心得体会',
    brief: '结合岗位谈体会，写清楚做得好的、还不够的和下一步打算。',
    dueOn: todayOf(new Date(stage.now.getTime() + 6 * DAY)),
    ...limits,
  }
  const { id: taskId } = await at(ago(stage, 14), () => secretary<Made>('POST', '/study/tasks', task))
  const homework = {
    ...task,
    kind: 'homework',
    title: '党课作业：我的联系群众清单',
    brief: '列出您联系的群众、他们关心的一件事，以及您打算怎么办。',
    dueOn: todayOf(new Date(stage.now.getTime() + 12 * DAY)),
  }
  await at(ago(stage, 3), () => secretary<Made>('POST', '/study/tasks', homework))
  const handIn = (who: { desk: Desk } | undefined, days: number, body: string, wantsShow = false) =>
    who &&
    at(ago(stage, days), () => who.desk<Made>('POST', '/my/study/works', { taskId, body, fileIds: [], wantsShow }))
  const works = [
    await handIn(first, 10, REFLECTIONS[0] ?? '', true),
    await handIn(second, 8, REFLECTIONS[1] ?? ''),
    await handIn(third, 5, REFLECTIONS[2] ?? ''),
    await handIn(fourth, 2, ALIKE),
  ]
  await answer(stage, secretary, works, second?.desk)
  if (first)
    await at(ago(stage, 9), () => first.desk('POST', '/my/study/notes', { body: '第三章讲得很具体，回去再读一遍。' }))
}

/** The first is excellent and shown, the second comes back; the others wait. */
async function answer(
  stage: Stage,
  secretary: Desk,
  works: readonly (Made | undefined)[],
  reader: Desk | undefined,
): Promise<void> {
  const [shown, returned] = works
  if (shown) {
    const mark = { grade: 'excellent', comment: '有事例、有打算，请在支部学习会上作交流。' }
    await at(ago(stage, 7), () => secretary('POST', `/study/works/${shown.id}/mark`, mark))
    await at(ago(stage, 7), () => secretary('PUT', `/study/works/${shown.id}/show`, { isShown: true }))
    if (reader)
      await at(ago(stage, 6), () =>
        reader('POST', `/my/study/shown/${shown.id}/remarks`, { body: '教研活动讲小故事的做法很好，我也试试。' }),
      )
  }
  if (returned) {
    const comment = '请补充走访的具体情况，再谈谈下一步怎么坚持。'
    await at(ago(stage, 4), () => secretary('POST', `/study/works/${returned.id}/return`, { comment }))
  }
}

async function meetAsGroup(stage: Stage, branch: Branch): Promise<void> {
  const secretary = stage.desks.ofPost('branch_secretary', branch.id)
  const [leader, ...others] = writersOf(stage, branch).slice(0, 5)
  if (!leader) return
  const memberIds = others.map(({ memberId }) => memberId)
  const group = {
    orgId: branch.id,
    name: '理论学习小组',
    theme: '每月读一章原著，联系教学和服务谈体会。',
    leaderId: leader.memberId,
    memberIds: memberIds.length > 0 ? memberIds : [leader.memberId],
  }
  const { id } = await at(ago(stage, 30), () => secretary<Made>('POST', '/study/groups', group))
  const plan = (days: number, topic: string) => {
    const session = { onDate: todayOf(ago(stage, days)), topic, place: '第二会议室' }
    return at(ago(stage, Math.max(0, days) + 3), () =>
      leader.desk<Made>('POST', `/my/study/groups/${id}/sessions`, session),
    )
  }
  const { id: held } = await plan(18, '读《实践论》第一部分')
  await plan(-9, '读《实践论》第二部分')
  const minutes = {
    minutes: '逐段朗读，讨论了“从群众中来、到群众中去”在工作中的例子。约定下次每人带一个案例。',
    lengthMinutes: 90,
    presentIds: [leader.memberId, ...memberIds],
    fileIds: [],
  }
  await at(ago(stage, 17), () => leader.desk('PUT', `/my/study/sessions/${held}/minutes`, minutes))
  await at(ago(stage, 16), () => secretary('POST', `/study/sessions/${held}/confirm`, {}))
}

async function campaign(stage: Stage, plan: Plan): Promise<void> {
  const [worker] = stage.desks.allOfPost('party_worker', stage.rootId)
  if (!worker) return
  const body = {
    orgId: stage.rootId,
    title: '改进作风大讨论',
    theme: '学习教育',
    about: '围绕服务师生谈认识、找差距、提办法。发言对事不对人，欢迎具体建议。',
    fromOn: todayOf(ago(stage, 12)),
    untilOn: todayOf(new Date(stage.now.getTime() + 18 * DAY)),
    audience: { ...MEMBERS, kinds: [...MEMBERS.kinds, 'activist', 'masses'] },
    tasks: [
      { kind: 'read', title: '阅读学习材料' },
      { kind: 'discuss', title: '参加一次支部讨论' },
      { kind: 'volunteer', title: '参加一次志愿服务' },
    ],
    questions: ['我们的差距在哪里', '怎样改进'],
    isModerated: true,
  }
  const { id } = await at(ago(stage, 12), () => worker<Made>('POST', '/study/campaigns', body))
  await at(ago(stage, 12), () => worker('PUT', `/study/campaigns/${id}/state`, { state: 'open' }))
  const people = plan.branches.slice(0, 3).flatMap((branch) => writersOf(stage, branch).slice(0, 3))
  await discuss(stage, worker, id, people)
  await at(ago(stage, 1), () => worker('PUT', `/study/campaigns/${id}/summary`, { summary: SUMMARY }))
}

/** All posts but the last are read and shown, the first one pinned. */
async function discuss(stage: Stage, worker: Desk, id: string, people: readonly { desk: Desk }[]): Promise<void> {
  for (const [place, [questionAt, text]] of VIEWS.entries()) {
    const who = people[place % Math.max(1, people.length)]
    if (!who) return
    const days = 10 - place * 2
    const post = await at(ago(stage, days), () =>
      who.desk<Made>('POST', `/my/study/campaigns/${id}/posts`, { questionAt, body: text }),
    )
    if (place === VIEWS.length - 1) continue
    const decision = { isShown: true, isPinned: place === 0 }
    await at(ago(stage, days - 1), () => worker('PUT', `/study/posts/${post.id}/decision`, decision))
  }
  const { tasks } = await worker<{ tasks: Made[] }>('GET', `/study/campaigns/${id}`)
  for (const [place, { desk }] of people.entries())
    for (const task of tasks.slice(0, 1 + (place % tasks.length)))
      await at(ago(stage, 5), () => desk('PUT', `/my/study/campaigns/${id}/tasks/${task.id}`, { isDone: true }))
}

import { todayOf } from '../platform/clock.ts'
import type { Desk } from './desk.ts'
import type { Plan, Stage } from './staffing.ts'
import { at } from './virtual-time.ts'

const DAY = 86_400_000
const NOBODY = { orgIds: [], helperOrgIds: [], memberIds: [], helperMemberIds: [] }
type Made = { id: string }
type Part = { id: string; orgId: string }
type Branch = Plan['branches'][number]

const ago = (stage: Stage, days: number): Date => new Date(stage.now.getTime() - days * DAY)
const dayIn = (stage: Stage, days: number): string => todayOf(new Date(stage.now.getTime() + days * DAY))

/** What the committee asks of its branches, in several states: done, checked, returned, late, passed on, just begun. */
export async function askTasks(stage: Stage, plan: Plan): Promise<void> {
  const committee = stage.desks.ofPost('committee_admin', stage.rootId)
  await rollOfWork(stage, plan, committee)
  await inspection(stage, plan, committee)
  await ownTask(stage, plan)
  await reports(stage, plan, committee)
}

async function partsOf(committee: Desk, taskId: string): Promise<Map<string, string>> {
  const { rows } = await committee<{ rows: Part[] }>('GET', `/task-parts?taskId=${taskId}&limit=100`)
  return new Map(rows.map(({ id, orgId }) => [orgId, id]))
}
const secretaryOf = (stage: Stage, branch: Branch): Desk => stage.desks.ofPost('branch_secretary', branch.id)

/** Half a year's plan of every branch: most are done, one came back, one waits to be checked, one is late. */
async function rollOfWork(stage: Stage, { branches }: Plan, committee: Desk): Promise<void> {
  const body = {
    orgId: stage.rootId,
    title: '报送支部年度工作总结和明年打算',
    basis: '校党委年度党建工作安排',
    documentNumber: '校党发〔2026〕18号',
    body: '请各支部总结今年“三会一课”、发展党员、联系群众等工作，列出明年的打算和需要学校支持的事项。',
    standard: '经支部委员会讨论通过，数据与系统一致，不超过三千字',
    evidence: ['report'],
    dueOn: dayIn(stage, -1),
    targets: { ...NOBODY, orgIds: branches.map(({ id }) => id) },
  }
  const { id } = await at(ago(stage, 20), () => committee<Made>('POST', '/tasks', body))
  const parts = await at(ago(stage, 20), () => partsOf(committee, id))
  for (const [place, branch] of branches.entries()) {
    const part = parts.get(branch.id)
    if (part === undefined || place === branches.length - 1) continue
    const desk = secretaryOf(stage, branch)
    const act = (days: number, name: string, words?: object) =>
      at(ago(stage, days), () => desk('POST', `/task-parts/${part}/${name}`, words ?? {}))
    await act(19 - (place % 4), 'sign')
    if (place % 5 === 4) continue
    await act(8 - (place % 3), 'hand-in', { words: '总结已经支委会讨论通过，请审阅。', fileIds: [] })
    if (place % 5 === 3) continue
    const isAccepted = place % 5 !== 2
    const comment = isAccepted ? '内容完整，数据一致。' : '请补充联系群众的具体事例和明年的时间安排。'
    await at(ago(stage, 3), () => committee('POST', `/task-parts/${part}/check`, { isAccepted, comment }))
  }
}

/** A check of the branch rooms, with photos, due next week; the first branch has passed it on to one of its people. */
async function inspection(stage: Stage, { branches }: Plan, committee: Desk): Promise<void> {
  const some = branches.slice(0, 4)
  const body = {
    orgId: stage.rootId,
    title: '党员活动室安全检查',
    basis: '学校安全工作会议要求',
    body: '检查用电、消防和门窗，能当场整改的当场整改，不能整改的列出清单。',
    standard: '每个活动室一张照片，问题清单写明整改时间',
    evidence: ['report', 'photo'],
    dueOn: dayIn(stage, 6),
    targets: {
      ...NOBODY,
      orgIds: some.slice(0, 3).map(({ id }) => id),
      helperOrgIds: some.slice(3).map(({ id }) => id),
    },
  }
  const { id } = await at(ago(stage, 4), () => committee<Made>('POST', '/tasks', body))
  const parts = await at(ago(stage, 4), () => partsOf(committee, id))
  const first = some[0]
  const part = first && parts.get(first.id)
  const helper = first ? await someoneOf(stage, first, 4) : null
  if (!first || part === undefined) return
  const desk = secretaryOf(stage, first)
  await at(ago(stage, 3), () => desk('POST', `/task-parts/${part}/sign`, {}))
  if (!helper) return
  const words = '请先看三楼活动室，拍照后报我。'
  const targets = { ...NOBODY, memberIds: [helper.id] }
  await at(ago(stage, 3), () => desk('POST', `/task-parts/${part}/pass-on`, { words, dueOn: dayIn(stage, 4), targets }))
}

/** Whether the person still belongs to the branch: in a year some have moved or left. */
const isOf = async (orgId: string, phone: Desk): Promise<boolean> =>
  phone<{ units: { id: string }[] }>('GET', '/my/topics/units').then(
    ({ units }) => units.some(({ id }) => id === orgId),
    () => false,
  )
/** Somebody of the branch, from a place in it on, who uses the own phone. */
async function someoneOf(stage: Stage, branch: Branch, from: number): Promise<{ id: string; phone: Desk } | null> {
  for (const { memberId, category } of branch.people.slice(from)) {
    const phone = category === 'formal' ? stage.desks.ofMember(memberId) : null
    if (phone && (await isOf(branch.id, phone))) return { id: memberId, phone }
  }
  return null
}

/** A branch asks one of its people, who has told how far it is. */
async function ownTask(stage: Stage, { branches }: Plan): Promise<void> {
  const branch = branches[0]
  const person = branch ? await someoneOf(stage, branch, 8) : null
  if (!branch || !person) return
  const { phone } = person
  const body = {
    orgId: branch.id,
    title: '整理支部大事记',
    basis: '支部委员会决定',
    body: '把今年支部的重要活动按月整理成大事记。',
    standard: '每月不少于一条，附一张照片',
    evidence: ['report'],
    dueOn: dayIn(stage, 10),
    targets: { ...NOBODY, memberIds: [person.id] },
  }
  await at(ago(stage, 5), () => secretaryOf(stage, branch)('POST', '/tasks', body))
  const { rows } = await phone<{ rows: Part[] }>('GET', '/my/tasks')
  const part = rows[0]
  if (!part) return
  await at(ago(stage, 4), () => phone('POST', `/my/tasks/${part.id}/sign`, {}))
  const note = { words: '上半年的已经整理好，照片还在收集。', fileIds: [] }
  await at(ago(stage, 1), () => phone('POST', `/my/tasks/${part.id}/notes`, note))
}

const REPORTS = [
  ['experience', '把党小组设在科研项目组', '支部把党小组设在三个科研项目组，每月一次联合学习，项目难题在小组里先议。'],
  ['news', '组织党员到社区开展义诊', '周末有十二名党员到社区义诊，接待居民一百二十余人次，收集健康建议八条。'],
  ['problem', '建议统一各支部活动室预约', '各支部活动室使用不均，建议学校统一预约，空闲时互相借用。'],
] as const

/** Branches directly below the committee tell it what goes on: one is adopted, one waits, one is not adopted. */
async function reports(stage: Stage, { branches }: Plan, committee: Desk): Promise<void> {
  for (const [place, branch] of branches.slice(-REPORTS.length).entries()) {
    const [category, title, text] = REPORTS[place] ?? REPORTS[0]
    const body = { orgId: branch.id, category, title, body: text, fileIds: [] }
    const { id } = await at(ago(stage, 9 - place), () =>
      secretaryOf(stage, branch)<Made>('POST', '/info-reports', body),
    )
    if (place === 1) continue
    const decision =
      place === 0
        ? { isAdopted: true, level: 'city', comment: '做法可推广，已编入市委信息。' }
        : { isAdopted: false, comment: '已转后勤保障部研究。' }
    await at(ago(stage, 4), () => committee('POST', `/info-reports/${id}/decision`, decision))
  }
}

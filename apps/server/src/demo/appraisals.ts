import type { AppraisalMark, GradeTable, OwnAppraisal, RoundRecord } from '@tongxin/contract'
import type { Branch } from './branch-life.ts'
import type { Desk } from './desk.ts'
import { type Random, seeded } from './random.ts'
import type { Plan, Stage } from './staffing.ts'
import { at } from './virtual-time.ts'

const DAY = 86_400_000
/** Long enough for a self-review, different enough to be read. */
const REVIEWS = [
  '一年来坚持理论学习，按时参加组织生活，较好完成本职工作。不足是联系群众还不够主动，下一步多到一线听意见。',
  '认真参加支部活动，承担了两门课程和一项横向课题。学习的系统性不够，调查研究做得少，明年制定学习计划并坚持。',
  '服从组织安排，参加了社区志愿服务四次。工作中有急躁情绪，与同事沟通不够耐心，今后注意方式方法。',
  '按时交纳党费，遵守纪律规定。在岗位上发挥带头作用不明显，创新意识不强，计划主动承担教学改革任务。',
]
const DAILY = [
  '工作扎实，主动承担任务',
  '按时参加组织生活，完成本职工作',
  '遵守纪律，联系群众较好',
  '学习认真，工作稳妥',
]

/** An appraisal closed a year ago, one whose sheets are just being returned, and two that begin. */
export async function appraiseMembers(stage: Stage, plan: Plan): Promise<void> {
  const [first] = plan.branches
  if (!first) return
  const random = seeded(20_260_815)
  const year = stage.now.getUTCFullYear()
  await closedRound(scene(stage, first, 330), year - 1, random)
  await runningRound(scene(stage, first, 20), year, random)
  const letters = stage.units.get('letters')
  const committee = stage.desks.ofPost('committee_admin', stage.rootId)
  const young = scene(stage, first, 3)
  if (letters)
    await at(young.on(0), () =>
      committee('POST', '/appraisals', { orgId: letters.id, year, dates: young.dates(17, 27, 37, 47) }),
    )
}

type Scene = ReturnType<typeof scene>

/** One branch and the days of one round, counted from its opening. */
function scene(stage: Stage, branch: Branch, daysAgo: number) {
  const on = (days: number) => new Date(stage.now.getTime() - (daysAgo - days) * DAY)
  const dayOf = (days: number) => on(days).toISOString().slice(0, 10)
  return {
    branch,
    on,
    dayOf,
    dates: (self: number, sheet: number, grade: number, report: number) => ({
      selfDueOn: dayOf(self),
      sheetDueOn: dayOf(sheet),
      gradeDueOn: dayOf(grade),
      reportDueOn: dayOf(report),
    }),
    secretary: stage.desks.ofPost('branch_secretary', branch.id),
    officer: stage.desks.ofPost('branch_officer', branch.id),
    above: stage.desks.ofPost('committee_admin', stage.rootId),
    deskOf: (memberId: string) => stage.desks.ofMember(memberId),
  }
}

/** Not everybody of the branch's first day is in the round: some have moved on by transfer. */
type Begun = { readonly id: string; readonly isIn: (memberId: string) => boolean }

/** From the opening to the opened box; people without an account hand in nothing. */
async function begun(own: Scene, year: number, dates: object, random: Random, criteria: string[] = []): Promise<Begun> {
  const { secretary, branch, on, dayOf } = own
  const opened = await at(on(0), () =>
    secretary<{ ids: string[] }>('POST', '/appraisals', { orgId: branch.id, year, dates, criteria }),
  )
  const id = opened.ids[0] ?? ''
  const study = { heldOn: dayOf(2), note: '学习党章、《中国共产党党员教育管理工作条例》和上级有关文件。' }
  await at(on(2), () => secretary('POST', `/appraisals/${id}/study`, study))
  const { persons } = await secretary<RoundRecord>('GET', `/appraisals/${id}`)
  for (const [place, { memberId }] of persons.entries()) {
    const phone = own.deskOf(memberId)
    if (!phone || place % 9 === 7) continue
    const text = REVIEWS[place % REVIEWS.length] ?? ''
    const grade = random.int(1, 4) === 1 ? 'excellent' : 'qualified'
    await at(on(5), () => phone('PUT', `/my/appraisals/${id}/self-review`, { text, checks: {}, grade }))
    await at(on(5), () => phone('POST', `/my/appraisals/${id}/self-review/hand-in`, {}))
  }
  const [one, two] = persons
  const said = { byId: one?.id, aboutId: two?.id, text: '工作认真，建议在支部活动中多发言、多带年轻同志。' }
  await at(on(9), () => secretary('POST', `/appraisals/${id}/comments`, said))
  await at(on(14), () => secretary('POST', `/appraisals/${id}/open-sheets`, {}))
  return { id, isIn: (memberId) => persons.some((one) => one.memberId === memberId) }
}

const marked = (random: Random, place: number): AppraisalMark => {
  const drawn = random.int(1, 20)
  if (place % 4 === 0) return drawn < 12 ? 'excellent' : 'qualified'
  return drawn === 1 ? 'basic' : drawn < 5 ? 'excellent' : drawn === 20 ? 'abstained' : 'qualified'
}

async function returned(own: Scene, id: string, phone: Desk, random: Random): Promise<void> {
  await at(own.on(15), async () => {
    const { sheet } = await phone<OwnAppraisal>('GET', `/my/appraisals/${id}`)
    const ratingsOf = (place: number) =>
      sheet && sheet.criteria.length > 0
        ? { ratings: Object.fromEntries(sheet.criteria.map((name) => [name, marked(random, place)])) }
        : {}
    const marks = (sheet?.persons ?? []).map(({ personId }, place) => ({
      personId,
      mark: marked(random, place),
      ...ratingsOf(place),
    }))
    await phone('POST', `/my/appraisals/${id}/sheet`, { marks })
  })
}

async function closedRound(own: Scene, year: number, random: Random): Promise<void> {
  const { secretary, officer, above, on, dayOf, branch } = own
  const { id, isIn } = await begun(own, year, own.dates(12, 18, 24, 35), random)
  for (const { memberId } of branch.people) {
    const phone = own.deskOf(memberId)
    if (phone && isIn(memberId)) await returned(own, id, phone, random)
  }
  await at(on(17), () => secretary('POST', `/appraisals/${id}/close-sheets`, { reason: '其余同志外出，已请假' }))
  const table = await secretary<GradeTable>('GET', `/appraisals/${id}/grades`)
  await at(on(20), () => officer('PUT', `/appraisals/${id}/grades`, { rows: gradesOf(table) }, table.version))
  await at(on(20), () => officer('POST', `/appraisals/${id}/submit-grades`, { by: 'committee', on: dayOf(20) }))
  await at(on(21), () => secretary('POST', `/appraisals/${id}/confirm-grades`, {}))
  for (const { id: personId, memberId, isGraded } of table.rows.filter((row) => row.isGraded)) {
    const phone = isGraded ? own.deskOf(memberId) : null
    await at(on(24), () =>
      phone
        ? phone('POST', `/my/appraisals/${id}/result`, {})
        : secretary('POST', `/appraisals/${id}/persons/${personId}/told`, { on: dayOf(24) }),
    )
  }
  const report = { on: dayOf(30), documentNumber: `澜大机工支〔${dayOf(30).slice(0, 4)}〕2 号` }
  await at(on(30), () => secretary('POST', `/appraisals/${id}/report`, report))
  await at(on(33), () => above('POST', `/appraisals/${id}/close`, {}))
}

/** As the committee would: those whom the assessment puts first, up to the third. */
function gradesOf({ rows, cap }: GradeTable) {
  let excellent = 0
  return rows
    .filter(({ isGraded }) => isGraded)
    .map(({ id, indicated }, place) => {
      const isFirst = indicated === 'excellent' && excellent < cap.most
      if (isFirst) excellent += 1
      return {
        id,
        grade: isFirst ? 'excellent' : 'qualified',
        daily: DAILY[place % DAILY.length],
        reason: isFirst ? null : '结合全年日常表现综合评定',
      }
    })
}

/** Sheets are out: the faces that visitors borrow have theirs before them, and so have a few others. */
async function runningRound(own: Scene, year: number, random: Random): Promise<void> {
  const { id, isIn } = await begun(own, year, own.dates(14, 25, 32, 45), random, ['politics', 'service'])
  const waiting = new Set([0, 2, 3, 8, 12, 13])
  for (const [place, { memberId }] of own.branch.people.entries()) {
    const phone = own.deskOf(memberId)
    if (!phone || waiting.has(place) || !isIn(memberId)) continue
    await returned(own, id, phone, random)
  }
}

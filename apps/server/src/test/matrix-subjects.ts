import type { Endpoint } from '@tongxin/contract'
import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import { textOf } from './article-texts.ts'
import { question as examQuestion, liveQuestion, releasedPaper } from './exam-cases.ts'
import type { Client, Fixture } from './fixture.ts'
import { idOf } from './invented-id.ts'
import { type Ids, sampleOf } from './matrix-samples.ts'
import { convened, type Member, planBody, plantMember } from './meeting-cases.ts'
import { circularOf } from './notice-cases.ts'

/** One thing of each kind in one branch, made as people make it: what the cells of the matrix ask for. */
export type Subjects = {
  readonly orgId: string
  readonly member: Member
  readonly ids: Readonly<Record<string, string>>
}

type Made = { id: string; version: number }

async function made(sending: Promise<{ status: number; body: unknown }>): Promise<string> {
  const { status, body } = await sending
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`)
  return (body as Made).id
}

/** A branch of two members elects its secretary in the meeting: it has no committee. */
const electionOf = (orgId: string) => ({
  orgId,
  kind: 'term',
  plannedOn: '2026-12-01',
  seats: 0,
  deputies: 0,
  electsSecretary: true,
  ordinal: null,
  reason: '任期将满',
})

/** Plants the subjects of the matrix in the branch `teachers`. */
export async function plantSubjects(f: Fixture): Promise<Subjects> {
  const member = await plantMember(f, 'teachers', '李同志')
  const applicant = await plantMember(f, 'teachers', '申请人', { category: 'applicant' })
  const secretary = await plantMember(f, 'teachers', '王书记', { role: 'branch_secretary' })
  const security = await f.signIn('security_admin', 'committee')
  const desk = secretary.client
  const orgId = f.orgs.teachers.id
  const change = { kind: 'new_record', orgId, facts: { name: '赵新' }, draft: true }
  const roster = `姓名,公民身份号码,党支部,人员类别,入党日期\r\n周一,${idOf('11010119800101101')},机械学院教工党支部,正式党员,2012-06-01`
  const type = { 'content-type': 'application/octet-stream' }
  const notice = circularOf(orgId, { title: '通知', body: '请按时参加。', needsConfirm: false })
  const grant = await f.admin
    .selectFrom('access_grant')
    .select('id')
    .where('tenant_id', '=', f.tenantId)
    .where('person_id', '=', secretary.personId)
    .executeTakeFirstOrThrow()
  const ids = {
    orgs: orgId,
    members: member.id,
    'member-changes': await made(desk.send('POST', '/member-changes', change)),
    imports: await made(desk.send('POST', '/imports?fileName=a.csv', Buffer.from(roster), type)),
    meetings: await convened(desk, planBody(f, secretary.id)),
    'development-cases': await made(
      desk.send('POST', '/development-cases', {
        memberId: applicant.id,
        heldOn: '2026-10-20',
        facts: { appliedAt: 'unit' },
      }),
    ),
    transfers: await made(
      desk.send('POST', '/transfers', { memberId: member.id, toOrgId: f.orgs.nurses.id, reason: '工作调动' }),
    ),
    appraisals: await appraisal(desk, orgId),
    elections: await made(desk.send('POST', '/elections', electionOf(orgId))),
    notices: await made(desk.send('POST', '/notices', notice)),
    ...(await taskSubjects(desk, orgId, member)),
    ...(await articleSubjects(f, desk, orgId)),
    ...(await examSubjects(f, orgId)),
    ...(await learningSubjects(desk, orgId)),
    grants: grant.id,
    'grant-requests': await made(
      security.send('POST', '/grant-requests', {
        personId: member.personId,
        role: 'group_leader',
        orgId,
        reach: 'subtree',
        fromOn: '2026-11-03',
        reason: '支部委员会决定',
      }),
    ),
    accounts: member.personId,
  }
  return { orgId, member, ids }
}

/** A task of the branch for one of its members, the part of it, and something that the branch reported. */
async function taskSubjects(desk: Client, orgId: string, member: Member): Promise<Record<string, string>> {
  const words = { title: '报送名册', basis: '支部委员会决定', body: '按时报送。', standard: '名册齐全' }
  const targets = { orgIds: [], helperOrgIds: [], memberIds: [member.id], helperMemberIds: [] }
  const task = await made(desk.send('POST', '/tasks', { orgId, ...words, evidence: [], dueOn: '2026-11-20', targets }))
  const { body } = await desk.send<{ rows: { id: string }[] }>('GET', `/task-parts?taskId=${task}`)
  const report = { orgId, category: 'news', title: '主题党日', body: '支部开展了主题党日活动。', fileIds: [] }
  return {
    tasks: task,
    'task-parts': body.rows[0]?.id ?? '',
    'info-reports': await made(desk.send('POST', '/info-reports', report)),
  }
}

/** A column of the branch and an article that is being written for it. */
async function articleSubjects(f: Fixture, desk: Client, orgId: string): Promise<Record<string, string>> {
  const worker = await f.signIn('party_worker', 'teachers')
  const readers = { audience: 'signed_in', comments: 'pre', linkHosts: [], position: 1 }
  const column = { orgId, kind: 'news', name: '支部动态', note: '', ...readers }
  const columnId = await made(worker.send('POST', '/columns', column))
  const article = { columnId, orgId, text: textOf() }
  return { columns: columnId, articles: await made(desk.send('POST', '/articles', article)) }
}

/** A course that is being written, and a plan without courses. */
async function learningSubjects(desk: Client, orgId: string): Promise<Record<string, string>> {
  const audience = { orgId, kinds: ['formal'], posts: [], levels: [] }
  const plan = { kind: 'annual', year: 2026, orgId, title: '学习计划', note: '', audience, courses: [] }
  const course = { orgId, title: '课程', column: 'rules', kind: 'article' }
  return {
    courses: await made(desk.send('POST', '/courses', course)),
    'learning-plans': await made(desk.send('POST', '/learning-plans', plan)),
  }
}

/** A question in use, a released paper and an exam of the branch. */
async function examSubjects(f: Fixture, orgId: string): Promise<Record<string, string>> {
  const writer = await f.signIn('party_worker', 'teachers')
  const reviewer = await f.signIn('committee_admin', 'committee')
  const keepers = { writer, reviewer }
  const question = await liveQuestion(f, keepers, { ...examQuestion('truth', 1), orgId })
  const items = [{ questionId: question, points: 5 }]
  const paper = await releasedPaper(f, keepers, { orgId, purpose: 'session', items })
  const window = { opensAt: '2036-12-01T02:00:00Z', closesAt: '2036-12-01T03:00:00Z' }
  const exam = await made(writer.send('POST', '/exam-sessions', { orgId, paperId: paper, name: '考试', ...window }))
  return { 'exam-questions': question, 'exam-papers': paper, 'exam-sessions': exam }
}

/** An appraisal of the branch, whose steps have tests of their own. */
async function appraisal(desk: Client, orgId: string): Promise<string> {
  const [selfDueOn, sheetDueOn, gradeDueOn, reportDueOn] = ['2026-11-10', '2026-11-15', '2026-11-20', '2026-11-30']
  const body = { orgId, year: 2026, dates: { selfDueOn, sheetDueOn, gradeDueOn, reportDueOn } }
  const answer = await desk.send<{ ids: string[] }>('POST', '/appraisals', body)
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  return answer.body.ids[0] ?? ''
}

/** Bodies that the smallest sample of the schema does not make sense of. */
const BODIES: Readonly<Record<string, (s: Subjects) => object>> = {}

/** A request of a route about the planted subject, or about one that does not exist (`isThere` false). */
export function requestOf(endpoint: Endpoint, subjects: Subjects, isThere: boolean): { path: string; body?: object } {
  const kind = endpoint.path.split('/')[1] ?? ''
  const subject = (isThere && subjects.ids[kind]) || uuidv7()
  const ids: Ids = (field) =>
    field === 'memberId' || field === 'chairId'
      ? subjects.member.id
      : field === 'personId'
        ? subjects.member.personId
        : /^(orgId|parentId|unitId|targetId)$/i.test(field)
          ? subjects.orgId
          : uuidv7()
  const params = (endpoint.params ?? { properties: {} }) as { properties: Record<string, object> }
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => {
    const isSubject = (name === 'id' || name === 'personId') && kind in subjects.ids
    const value = isSubject ? subject : String(sampleOf(params.properties[name] as never, ids, name))
    return encodeURIComponent(value)
  })
  const query = endpoint.query ? (sampleOf(endpoint.query, ids) as Record<string, unknown>) : {}
  const search = new URLSearchParams(
    Object.entries(query).map(([key, value]): [string, string] => [key, String(value)]),
  ).toString()
  const own = BODIES[`${endpoint.method} ${endpoint.path}`]
  const body = own ? own(subjects) : endpoint.body ? (sampleOf(endpoint.body, ids) as object) : undefined
  return { path: search ? `${path}?${search}` : path, ...(body === undefined ? {} : { body }) }
}

/** A fingerprint of everything stored, but for what moves before anybody is known: sessions, throttles, challenges, sets waiting for their pairing. */
export async function fingerprint(f: Fixture): Promise<Record<string, string>> {
  const tables = await sql<{
    name: string
  }>`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' and c.relname not in ('access_session', 'access_throttle', 'access_challenge', 'television_pairing') order by 1`.execute(
    f.admin,
  )
  const one = ({ name }: { name: string }) =>
    `select '${name}' as name, coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as hash from public.${name} t`
  const { rows } = await sql<{
    name: string
    hash: string
  }>`${sql.raw(tables.rows.map(one).join(' union all '))}`.execute(f.admin)
  return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]))
}

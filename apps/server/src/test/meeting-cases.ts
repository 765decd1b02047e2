import type { RoleName } from '@tongxin/contract'
import { v7 as uuidv7 } from 'uuid'
import { checkInKey } from '../modules/meetings/service/check-in.ts'
import { figuresOf, stepOf, tokenOf } from '../platform/rotating-codes.ts'
import type { Client, Fixture, OrgKey } from './fixture.ts'

/** People and meetings for tests: rows are written past the policies, everything else goes through HTTP. */
export type Member = { id: string; personId: string; name: string; client: Client }

let serial = 0
/** A member record and a signed-in client of the person. */
export async function plantMember(
  f: Fixture,
  org: OrgKey,
  name: string,
  more: { category?: string; status?: string; role?: RoleName } = {},
): Promise<Member> {
  const id = uuidv7()
  const client = await f.signIn(more.role ?? 'member', org, { name, memberId: id })
  serial += 1
  // A meeting lasts longer than the half hour after which an idle session ends.
  await f.admin
    .updateTable('access_session')
    .set({ idle_minutes: 32_000, expires_at: new Date('2027-01-01T00:00:00Z') })
    .where('person_id', '=', client.personId)
    .execute()
  const unit = f.orgs[org]
  await f.admin
    .insertInto('members_member')
    .values({
      tenant_id: f.tenantId,
      id,
      person_id: client.personId,
      org_id: unit.id,
      org_path: unit.path,
      member_no: `TX2026${String(serial).padStart(5, '0')}`,
      name,
      given_name: name.slice(1),
      pinyin: name,
      initials: name,
      category: more.category ?? 'formal',
      status: more.status ?? 'normal',
      record_state: 'approved',
      created_at: new Date('2026-01-01T00:00:00Z'),
      updated_at: new Date('2026-01-01T00:00:00Z'),
    })
    .execute()
  return { id, personId: client.personId, name, client }
}

/** 2026-11-02 19:00 in Shanghai: ten hours after the fixture's now. */
export const START = '2026-11-02T11:00:00.000Z'
export const at = (minutes: number): Date => new Date(Date.parse(START) + minutes * 60_000)

export const planBody = (f: Fixture, chairId: string | null, more: Record<string, unknown> = {}) => ({
  orgId: f.orgs.teachers.id,
  title: '第四季度支部党员大会',
  kinds: ['generalMeeting'],
  startsAt: START,
  endsAt: '2026-11-02T12:30:00.000Z',
  place: '机械楼 301',
  chairId,
  agenda: [
    { title: '通报工作', votes: 'none' },
    { title: '审议支部工作计划', presenter: '王书记', votes: 'ordinary' },
  ],
  invites: { who: 'all' },
  ...more,
})

type Made = { id: string; version: number }
export async function convened(desk: Client, body: object): Promise<string> {
  const made = await desk.send<Made>('POST', '/meetings', body)
  if (made.status !== 200) throw new Error(JSON.stringify(made.body))
  const called = await desk.send('POST', `/meetings/${made.body.id}/convene`, {}, { 'if-match': '"1"' })
  if (called.status !== 200) throw new Error(JSON.stringify(called.body))
  return made.body.id
}

export const figures = (f: Fixture, meetingId: string, when: Date) =>
  figuresOf(checkInKey(f.platform), meetingId, stepOf(when))
export const token = (f: Fixture, meetingId: string, when: Date) =>
  tokenOf(checkInKey(f.platform), meetingId, stepOf(when))

import type { Events, EventType, HonourRow, OwnCredits } from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { publishAll } from '../../platform/events.ts'
import { inSystemTransaction } from '../../platform/transaction.ts'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { type Member, plantMember } from '../../test/meeting-cases.ts'
import { stated } from '../../test/stated-facts.ts'

let f: Fixture
let secretary: Member
let committee: Client

beforeAll(async () => {
  f = await openFixture()
  secretary = await plantMember(f, 'teachers', '王书记', { role: 'branch_secretary' })
  committee = await f.signIn('committee_admin', 'committee', { name: '组织部' })
})

const earned = async (who: Member) =>
  (await who.client.send<OwnCredits>('GET', '/my/credits?year=2026')).body.account.earned
const quiz = (who: Member) =>
  stated(f, [
    {
      memberId: who.id,
      verb: 'passed',
      activity: { kind: 'quiz', id: crypto.randomUUID(), name: '党章知识' },
      at: new Date('2026-10-10T02:00:00Z'),
    },
  ])
const tell = async <T extends EventType>(type: T, payload: Events[T]) => {
  await inSystemTransaction(f.platform, { tenantId: f.tenantId, scope: 'r00' }, (tx) =>
    publishAll(tx, { tenantId: f.tenantId, now: f.platform.clock() }, type, [
      { subject: { kind: 'member', id: null, orgPath: f.orgs.teachers.path }, payload },
    ]),
  )
  await f.deliver()
}
const merge = async (kept: Member, gone: Member) => {
  const two = { mergeId: crypto.randomUUID(), memberId: kept.id, goneId: gone.id }
  await tell('members.merged', { ...two, fields: [], rows: 0 })
  return { undo: () => tell('members.merge_undone', two) }
}

describe('two records that were one person', () => {
  it('count once more when they are put together again after the merge was undone', async () => {
    const [kept, gone] = [await plantMember(f, 'teachers', '郑保留'), await plantMember(f, 'teachers', '郑重复')]
    await quiz(gone)
    await (await merge(kept, gone)).undo()
    expect(await earned(kept)).toBe(0)
    const again = await merge(kept, gone)
    expect(await earned(kept)).toBe(50)
    await again.undo()
    expect(await earned(kept)).toBe(0)
  })

  it('are parted with all that came by the merge, also what was counted anew by another rule since', async () => {
    const [kept, gone] = [await plantMember(f, 'teachers', '钱保留'), await plantMember(f, 'teachers', '钱重复')]
    await quiz(kept)
    await quiz(gone)
    const { undo } = await merge(kept, gone)
    await f.admin
      .insertInto('settings_value')
      .values({
        tenant_id: f.tenantId,
        id: crypto.randomUUID(),
        org_id: f.orgs.committee.id,
        org_path: 'r00',
        code: 'education.quizHundredths',
        value: JSON.stringify(75),
        effective_from: '2026-01-01',
        state: 'in_force',
        reason: '按新规定',
        proposed_by: secretary.personId,
        proposed_at: new Date(),
      } as never)
      .execute()
    const { hash } = (await committee.send<{ hash: string }>('GET', '/credits/recount?year=2026')).body
    await committee.send('POST', '/credits/recount', { year: 2026, hash, reason: '规则调整' })
    expect(await earned(kept)).toBe(150)
    await undo()
    expect(await earned(kept)).toBe(75)
  })

  it('open the account of the year that has begun in Shanghai', async () => {
    const [kept, gone] = [await plantMember(f, 'teachers', '孙保留'), await plantMember(f, 'teachers', '孙重复')]
    const { undo } = await merge(kept, gone)
    f.setNow(new Date('2026-12-31T17:00:00Z'))
    await undo()
    const years = await f.admin
      .selectFrom('credits_account')
      .select('year')
      .where('tenant_id', '=', f.tenantId)
      .where('member_id', '=', gone.id)
      .execute()
    f.setNow(NOW)
    expect(years).toEqual([{ year: 2027 }])
  })
})

describe('a certificate', () => {
  it('of a year before all accounts is refused, instead of counting where nobody can look', async () => {
    const body = { title: '轮训班', issuer: '党校', heldOn: '2009-12-31', unit: 'full_day', amount: 1 }
    const fileId = crypto.randomUUID()
    expect(await secretary.client.send('POST', '/my/credits/certificates', { ...body, fileId })).toMatchObject({
      status: 422,
      body: { code: 'credits.certificate_too_old', fields: [{ field: '/body/heldOn' }] },
    })
  })
})

describe('a line', () => {
  it('is taken back once, however many do so at the same time', async () => {
    const reader = await plantMember(f, 'teachers', '李学习')
    await quiz(reader)
    const [line] = (await reader.client.send<{ rows: { id: string }[] }>('GET', '/my/credits/entries?year=2026')).body
      .rows
    const answers = await Promise.all(
      [1, 2, 3].map(() => committee.send('POST', `/credits/entries/${line?.id}/reverse`, { reason: '重复登记' })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    expect(await earned(reader)).toBe(0)
  })
})

describe('an honour', () => {
  it('is not confirmed when the year is no longer reached', async () => {
    const reader = await plantMember(f, 'teachers', '周达标')
    await quiz(reader)
    const sums = (hundredths: number) =>
      f.admin
        .updateTable('credits_account')
        .set({ earned: hundredths, elective: hundredths })
        .where('tenant_id', '=', f.tenantId)
        .where('member_id', '=', reader.id)
        .execute()
    await sums(3200)
    const body = { year: 2026, title: '学习之星', memberIds: [reader.id], reason: '完成全部学习' }
    expect(await secretary.client.send('POST', '/credits/honours', body)).toMatchObject({ status: 200 })
    const [one] = (await committee.send<{ rows: HonourRow[] }>('GET', '/credits/honours?year=2026')).body.rows
    const second = await f.signIn('party_worker', 'committee')
    await second.send('POST', `/credits/honours/${one?.id}/review`, { passes: true })
    await sums(0)
    const decide = () =>
      committee.send('POST', `/credits/honours/${one?.id}/decide`, {
        isConfirmed: true,
        certificateNo: '学〔2026〕9号',
      })
    expect(await decide()).toMatchObject({ status: 422, body: { code: 'credits.honour_not_reached' } })
    await sums(3200)
    expect(await decide()).toMatchObject({ status: 200, body: { state: 'confirmed' } })
  })
})

import type { MergeRow } from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { type MergeCases, mergeCasesOf, UNKNOWN_ID } from '../../test/merge-cases.ts'

let f: Fixture
let cases: MergeCases
const DAY = 24 * 3600_000

beforeAll(async () => {
  f = await openFixture()
  cases = await mergeCasesOf(f)
})

describe('undoing a merge', () => {
  it('refuses who may not, an unknown merge, and a second time', async () => {
    const { body } = await cases.merged(await cases.twins('撤两次'))
    expect((await cases.undo(body.id, cases.people.secretary)).status).toBe(403)
    expect((await cases.undo(body.id, await f.signIn('committee_admin', 'medicine'))).status).toBe(404)
    expect(await cases.undo(UNKNOWN_ID)).toMatchObject({ status: 404, body: { code: 'merge.not_found' } })
    expect((await cases.undo(body.id)).status).toBe(200)
    expect(await cases.undo(body.id)).toMatchObject({ status: 409, body: { code: 'merge.undone' } })
  })

  it('restores both records and what went over', async () => {
    const two = await cases.twins('还原样', { workplace: '旧单位' }, { workplace: '新单位', phone: '13700002222' })
    const entry = await cases.people.secretary.send<{ id: string }>('POST', '/member-changes', {
      kind: 'new_entry',
      memberId: two.goneId,
      entry: { kind: 'training', fromOn: '2021-05-01', untilOn: null, facts: { title: '党校培训' } },
    })
    await cases.people.approved(entry.body.id)
    const before = { kept: await cases.recordOf(two.keptId), gone: await cases.recordOf(two.goneId) }
    const { body } = await cases.merged(two, { take: ['phone', 'workplace'] })
    expect((await cases.undo(body.id)).status).toBe(200)
    const after = { kept: await cases.recordOf(two.keptId), gone: await cases.recordOf(two.goneId) }
    expect(after.kept.fields).toEqual(before.kept.fields)
    expect(after.gone.fields).toEqual(before.gone.fields)
    expect(after.kept.entries).toEqual(before.kept.entries)
    expect(after.gone.entries).toEqual(before.gone.entries)
    expect(after.gone.deletedAt).toBeNull()
    const { rows } = (await cases.approver.send<{ rows: MergeRow[] }>('GET', '/member-merges?state=undone')).body
    expect(rows.find((row) => row.id === body.id)).toMatchObject({ canUndo: false, undoneReason: '核实为两人' })
  })

  it('gives the ID number back to whom it belonged', async () => {
    const two = await cases.twins('号码还')
    const owners = async () =>
      (
        await f.admin
          .selectFrom('members_identity')
          .select(['id_index', 'member_id'])
          .where('member_id', 'in', [two.keptId, two.goneId])
          .orderBy('id_index')
          .execute()
      ).map((row) => `${row.id_index.toString('hex')} ${row.member_id}`)
    const before = await owners()
    expect(before).toHaveLength(2)
    const { body } = await cases.merged(two, { take: ['idNumber'] })
    expect(await owners()).toEqual([expect.stringContaining(two.keptId)])
    expect((await cases.undo(body.id)).status).toBe(200)
    expect(await owners()).toEqual(before)
  })

  it('is refused where the kept record changed since', async () => {
    const two = await cases.twins('有新变')
    const { body } = await cases.merged(two)
    const made = await cases.people.secretary.send<{ id: string }>('POST', '/member-changes', {
      kind: 'correction',
      memberId: two.keptId,
      facts: { workplace: '又一单位' },
      reason: '调动',
    })
    await cases.people.approved(made.body.id)
    expect(await cases.undo(body.id)).toMatchObject({ status: 409, body: { code: 'merge.newer' } })
  })

  it('is refused where an entry that came over changed since', async () => {
    const two = await cases.twins('附表变')
    const write = async (change: object) => {
      const made = await cases.people.secretary.send<{ id: string }>('POST', '/member-changes', change)
      await cases.people.approved(made.body.id)
    }
    const entry = { kind: 'award', fromOn: '2019-07-01', untilOn: null, facts: { title: '先进' } }
    await write({ kind: 'new_entry', memberId: two.goneId, entry })
    const { body } = await cases.merged(two)
    const [moved] = (await cases.recordOf(two.keptId)).entries
    f.setNow(new Date(NOW.getTime() + 120_000))
    const changed = { ...entry, facts: { title: '优秀' } }
    await write({ kind: 'changed_entry', memberId: two.keptId, entryId: moved?.id, entry: changed })
    expect(await cases.undo(body.id)).toMatchObject({ status: 409, body: { code: 'merge.newer' } })
    f.setNow(NOW)
  })

  it('is refused after thirty days', async () => {
    const { body } = await cases.merged(await cases.twins('过期了'))
    f.setNow(new Date(NOW.getTime() + 31 * DAY))
    const late = await f.signIn('committee_admin', 'committee')
    expect(await cases.undo(body.id, late)).toMatchObject({ status: 409, body: { code: 'merge.too_late' } })
    f.setNow(NOW)
  })
})

import { beforeAll, describe, expect, it } from 'vitest'
import { boxOf, counted, type Desk, openDesk, PUBLICITY } from './elections.fixture.ts'

/** A by-election of the secretary alone: the committee that is in office elects one of its own (ELEC-7, ELEC-20). */
let desk: Desk
const member = (at: number) => desk.members[at]?.id ?? ''
const ALONE = { kind: 'by_election', seats: 0, deputies: 0, electsSecretary: true, ordinal: null }

beforeAll(async () => {
  desk = await openDesk()
  const { f, above } = desk
  const { version } = (await above.send<{ version: number }>('GET', `/orgs/${desk.orgId}/leadership`)).body
  const term = { fromOn: '2025-01-10', untilOn: '2028-01-10', seats: 7 }
  await above.send('POST', `/orgs/${desk.orgId}/term`, term, { 'if-match': `"${version}"` })
  const inOffice = ['secretary', 'organisation', 'publicity', 'discipline', 'committee_member']
  for (const [at, post] of inOffice.entries())
    await f.admin
      .insertInto('org_post')
      .values({
        tenant_id: f.tenantId,
        id: crypto.randomUUID(),
        unit_id: desk.orgId,
        org_path: f.orgs.teachers.path,
        post,
        member_id: member(at),
        name: desk.members[at]?.name ?? '',
        from_on: '2025-01-10',
        created_at: new Date('2025-01-10T00:00:00Z'),
      })
      .execute()
})

describe('a by-election of the secretary alone', () => {
  it('is refused while the post is held', async () => {
    const made = await desk.secretary.send('POST', '/elections', desk.plan(ALONE))
    expect(made.body).toMatchObject({
      code: 'elections.nothing_to_elect',
      fields: [{ field: '/body/electsSecretary' }],
    })
  })

  it('is held by the plenum, from its own members alone, with four fifths present', async () => {
    const { f, secretary, above, done, act, letter } = desk
    await f.admin
      .updateTable('org_post')
      .set({ until_on: '2026-10-01' })
      .where('unit_id', '=', desk.orgId)
      .where('post', '=', 'secretary')
      .execute()
    const id = await desk.made(ALONE)
    await done(secretary, id, 'request', { documentNumber: '教工支〔2026〕8号' })
    await done(above, id, 'approve', letter)
    const proposed = (one: string) => ({
      documentNumber: '教工支〔2026〕9号',
      committee: [],
      secretary: one,
      deputies: [],
    })
    expect((await act(secretary, id, 'candidates', proposed(member(6)))).body).toMatchObject({
      code: 'elections.not_on_committee',
    })
    await done(secretary, id, 'candidates', proposed(member(1)))
    await done(above, id, 'candidates/approve', letter)
    await done(secretary, id, 'publicity', PUBLICITY)
    await done(secretary, id, 'publicity/close', { outcome: '没有异议' })
    expect(await desk.seen(id)).toMatchObject({ missing: [], can: ['openRound', 'cancel'] })
    const open = (present: number[]) => ({
      body: 'secretary',
      channel: 'paper',
      writeIn: true,
      present: present.map(member),
    })
    expect((await act(secretary, id, 'rounds', open([1, 2, 6]))).body).toMatchObject({
      code: 'elections.not_on_committee',
    })
    expect((await act(secretary, id, 'rounds', open([1, 2, 3]))).body).toMatchObject({ code: 'elections.no_quorum' })
    expect(await done(secretary, id, 'rounds', open([1, 2, 3, 4]))).toMatchObject({ state: 'plenum' })
    const after = await counted(desk, id, (round) => boxOf(round, { [member(1)]: 3 }, 4))
    expect(after).toMatchObject({ state: 'reporting' })
    await done(secretary, id, 'report', { documentNumber: '教工支〔2026〕10号', on: '2026-11-02', division: [] })
    await done(above, id, 'report/approve', letter)
    type Posts = { posts: { post: string; memberId: string; untilOn: string | null; way: string | null }[] }
    const { posts } = (await above.send<Posts>('GET', `/orgs/${desk.orgId}/leadership`)).body
    expect(posts.filter((one) => one.post === 'secretary' && one.untilOn === null)).toMatchObject([
      { memberId: member(1), way: 'by_election' },
    ])
    const request = await secretary.send<string>('GET', `/elections/${id}/form?form=request&format=docx`)
    expect(request.status).toBe(200)
    expect(decodeURIComponent(String(request.headers['content-disposition']))).toContain('委员会全体会议')
  })
})

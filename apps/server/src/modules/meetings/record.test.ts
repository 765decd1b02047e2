import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { at, convened, type Member, planBody, plantMember } from '../../test/meeting-cases.ts'

let f: Fixture
let desk: Client
let secretary: Member
let recorder: Member
const members: Member[] = []
type Read = {
  state: string
  version: number
  recordVersion: number
  recordHash: string | null
  maySignAs: string | null
  agenda: { id: string; votes: string }[]
  signatures: unknown[]
  quorums: { needed: number; isMet: boolean }[]
}

beforeAll(async () => {
  f = await openFixture()
  secretary = await plantMember(f, 'teachers', '王书记', { role: 'branch_secretary' })
  desk = secretary.client
  recorder = await plantMember(f, 'teachers', '记录人')
  for (const name of ['甲', '乙', '丙', '丁']) members.push(await plantMember(f, 'teachers', name))
})
const read = async (id: string, client = desk) => (await client.send<Read>('GET', `/meetings/${id}`)).body

/** A meeting with `come` of the six voters present. */
async function held(
  come: number,
  agenda: object[] = [{ title: '审议计划', votes: 'ordinary' }],
): Promise<{ id: string; items: string[] }> {
  f.setNow(NOW)
  const id = await convened(desk, planBody(f, secretary.id, { recorderId: recorder.id, agenda }))
  f.setNow(at(5))
  await desk.send('POST', `/meetings/${id}/open`, {})
  const ids = [secretary, recorder, ...members].slice(0, come).map((one) => one.id)
  if (ids.length > 0) await desk.send('POST', `/meetings/${id}/check-ins`, { memberIds: ids, reason: '会场点名' })
  return { id, items: (await read(id)).agenda.map((item) => item.id) }
}
const vote = (id: string, item: string | undefined, more: Record<string, unknown>) =>
  desk.send<{ carried: boolean; ruleId: string; code?: string; detail?: Record<string, unknown> }>(
    'POST',
    `/meetings/${id}/agenda/${item}/vote`,
    { method: 'hands', against: 0, abstained: 0, ...more },
  )

describe('votes', () => {
  it('are refused without quorum, with the article and what is needed (BR-7)', async () => {
    const { id, items } = await held(2)
    expect(await vote(id, items[0], { inFavour: 2 })).toMatchObject({
      status: 409,
      body: { code: 'meetings.no_quorum', detail: { eligible: 6, present: 2, needed: 3, rule: 'BR-7' } },
    })
  })
  it('are refused when the figures cannot be true, and for what is not voted on', async () => {
    const { id, items } = await held(4, [
      { title: '审议', votes: 'ordinary' },
      { title: '学习', votes: 'none' },
    ])
    expect(await vote(id, items[0], { inFavour: 5 })).toMatchObject({
      status: 422,
      body: { code: 'meetings.votes_impossible' },
    })
    expect(await vote(id, items[0], { inFavour: 3, written: 1, writtenInFavour: 1 })).toMatchObject({
      status: 422,
      body: { code: 'meetings.votes_impossible' },
    })
    expect(await vote(id, items[1], { inFavour: 3 })).toMatchObject({
      status: 422,
      body: { code: 'meetings.not_a_vote' },
    })
    expect(await vote(id, '01890000-0000-7000-8000-000000000000', { inFavour: 3 })).toMatchObject({
      status: 404,
      body: { code: 'meetings.no_such_item' },
    })
  })
  it('need more than half of those who should attend, not of those present', async () => {
    const { id, items } = await held(4)
    expect((await vote(id, items[0], { inFavour: 3, against: 1 })).body).toMatchObject({
      carried: false,
      ruleId: 'BR-7',
    })
    expect((await vote(id, items[0], { inFavour: 4 })).body).toMatchObject({ carried: true })
  })
  it('on admission need a ballot and more than half present (DEV-15), written opinions counted apart', async () => {
    const agenda = [{ title: '接收预备党员', votes: 'admission' }]
    const half = await held(3, agenda)
    expect(await vote(half.id, half.items[0], { method: 'ballot', inFavour: 3 })).toMatchObject({
      status: 409,
      body: { code: 'meetings.no_quorum', detail: { needed: 4, rule: 'DEV-15' } },
    })
    const four = await held(4, agenda)
    expect(await vote(four.id, four.items[0], { inFavour: 4 })).toMatchObject({
      status: 422,
      body: { code: 'meetings.ballot_needed' },
    })
    expect(
      (
        await vote(four.id, four.items[0], {
          method: 'ballot',
          inFavour: 3,
          against: 1,
          written: 2,
          writtenInFavour: 1,
        })
      ).body,
    ).toMatchObject({ carried: true, ruleId: 'DEV-16' })
  })
})

describe('the record', () => {
  const words = {
    discussion: [{ speaker: '甲', words: '同意计划。' }],
    tasks: [{ what: '公布计划', who: '乙', dueOn: '2026-11-09' }],
    resolutions: [] as object[],
  }
  const save = (id: string, version: number, more: object = {}, client = desk) =>
    client.send('PUT', `/meetings/${id}/minutes`, { ...words, ...more }, { 'if-match': `"${version}"` })

  it('is not overwritten by a second writer', async () => {
    const { id } = await held(4)
    const { recordVersion } = await read(id)
    const both = await Promise.all([save(id, recordVersion), save(id, recordVersion)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
    expect(
      await save(id, recordVersion + 1, {
        resolutions: [{ agendaId: '01890000-0000-7000-8000-000000000000', text: '通过' }],
      }),
    ).toMatchObject({ status: 404 })
  })
  it('is signed by two different people on the same words, and a change voids both', async () => {
    const { id, items } = await held(5)
    expect(await desk.send('POST', `/meetings/${id}/submit`, {})).toMatchObject({
      status: 409,
      body: { code: 'meetings.wrong_state' },
    })
    f.setNow(at(95))
    await desk.send('POST', `/meetings/${id}/close`, {})
    expect(await desk.send('POST', `/meetings/${id}/submit`, {})).toMatchObject({
      status: 409,
      body: { code: 'meetings.vote_missing' },
    })
    await vote(id, items[0], { inFavour: 5 })
    expect(await desk.send('POST', `/meetings/${id}/submit`, {})).toMatchObject({
      status: 409,
      body: { code: 'meetings.resolution_missing' },
    })
    await save(id, (await read(id)).recordVersion, { resolutions: [{ agendaId: items[0], text: '会议通过了计划。' }] })
    expect(await desk.send('POST', `/meetings/${id}/submit`, {})).toMatchObject({
      status: 200,
      body: { state: 'awaiting_signatures' },
    })

    const hash = (await read(id)).recordHash ?? ''
    const sign = (client: Client, recordHash = hash) => client.send('POST', `/meetings/${id}/sign`, { recordHash })
    expect(await sign(members[0]?.client as Client)).toMatchObject({
      status: 403,
      body: { code: 'meetings.may_not_sign' },
    })
    expect(await sign(desk, 'f'.repeat(64))).toMatchObject({ status: 409, body: { code: 'meetings.record_changed' } })
    expect((await Promise.all([sign(desk), sign(desk)])).map(({ status }) => status).sort()).toEqual([200, 409])
    expect(await sign(desk)).toMatchObject({ status: 409, body: { code: 'meetings.signed_already' } })
    expect(await desk.send('POST', `/meetings/${id}/archive`, {})).toMatchObject({
      status: 409,
      body: { code: 'meetings.signatures_missing' },
    })

    expect(
      await save(id, (await read(id)).recordVersion, {
        resolutions: [{ agendaId: items[0], text: '会议原则通过了计划。' }],
      }),
    ).toMatchObject({ status: 200, body: { signaturesVoided: 1 } })
    expect(await sign(recorder.client)).toMatchObject({ status: 409 })
    await desk.send('POST', `/meetings/${id}/submit`, {})
    const again = (await read(id)).recordHash ?? ''
    expect(again).not.toBe(hash)
    const shown = await recorder.client.send<{ maySignAs: string; recordHash: string; minutes: object | null }>(
      'GET',
      `/my/meetings/${id}`,
    )
    expect(shown.body).toMatchObject({ maySignAs: 'recorder', recordHash: again })
    expect(
      (await members[0]?.client.send<{ minutes: object | null }>('GET', `/my/meetings/${id}`))?.body.minutes,
    ).toBeNull()
    expect(await sign(recorder.client, again)).toMatchObject({ status: 200, body: { as: 'recorder' } })
    expect(await sign(desk, again)).toMatchObject({ status: 200, body: { as: 'chair', signatures: 2 } })
    expect(await desk.send('POST', `/meetings/${id}/errata`, { text: '更正', reason: '笔误' })).toMatchObject({
      status: 409,
    })
    expect(await desk.send('POST', `/meetings/${id}/archive`, {})).toMatchObject({
      status: 200,
      body: { state: 'archived' },
    })

    expect(await save(id, (await read(id)).recordVersion)).toMatchObject({
      status: 409,
      body: { code: 'meetings.wrong_state' },
    })
    expect(await vote(id, items[0], { inFavour: 4 })).toMatchObject({ status: 409 })
    expect(
      await desk.send('POST', `/meetings/${id}/errata`, { text: '乙的单位应为机械系。', reason: '笔误' }),
    ).toMatchObject({ status: 200 })
    const filed = await members[0]?.client.send<{ errata: object[]; minutes: { tasks: object[] } }>(
      'GET',
      `/my/meetings/${id}`,
    )
    expect(filed?.body).toMatchObject({
      errata: [{ by: '王书记', reason: '笔误' }],
      minutes: { tasks: [{ who: '乙', dueOn: '2026-11-09' }] },
    })
  })
  it('prints the sheet and the minutes as PDF and Word', async () => {
    const { id } = await held(4)
    for (const form of ['attendance', 'minutes']) {
      const pdf = await desk.send<string>('POST', `/meetings/${id}/print/${form}`, { format: 'pdf' })
      const docx = await desk.send<string>('POST', `/meetings/${id}/print/${form}`, { format: 'docx', language: 'en' })
      expect([pdf.body.slice(0, 4), docx.body.slice(0, 2)]).toEqual(['%PDF', 'PK'])
    }
  })
})

describe('limits', () => {
  it('refuse to call more people than a meeting holds, and an export that is too long', async () => {
    f.setNow(NOW)
    const unit = f.orgs.retired
    await sql`insert into members_member (tenant_id, id, person_id, org_id, org_path, member_no, name, given_name, pinyin, initials, category, record_state, created_at, updated_at)
      select ${f.tenantId}, gen_random_uuid(), gen_random_uuid(), ${unit.id}, ${unit.path}, 'LT' || n, '离退' || n, '退', 'l', 'l', 'formal', 'approved', now(), now()
      from generate_series(1, 20001) n`.execute(f.admin)
    const chair = (
      await f.admin.selectFrom('members_member').select('id').where('member_no', '=', 'LT1').executeTakeFirstOrThrow()
    ).id
    const office = await f.signIn('branch_secretary', 'retired')
    const made = await office.send<{ id: string }>('POST', '/meetings', planBody(f, chair, { orgId: unit.id }))
    expect(await office.send('POST', `/meetings/${made.body.id}/convene`, {}, { 'if-match': '"1"' })).toMatchObject({
      status: 422,
      body: { code: 'meetings.too_many_called' },
    })
    await sql`insert into meetings_meeting (tenant_id, id, org_id, org_path, state, title, kinds, starts_at, ends_at, held_on, opens_before, closes_after, leave_before, made_by, created_at, updated_at)
      select ${f.tenantId}, gen_random_uuid(), ${unit.id}, ${unit.path}, 'planned', '党课' || n, '{partyLesson}', now(), now() + interval '1 hour', '2026-01-01', 30, 15, 20, ${chair}, now(), now()
      from generate_series(1, 10001) n`.execute(f.admin)
    expect(await office.send('POST', '/meetings/export', { purpose: '年度归档' })).toMatchObject({
      status: 422,
      body: { code: 'meetings.too_many_rows' },
    })
  })
})

describe('attendance figures', () => {
  it('count calls, presence and leave per member, and find who is below a rate', async () => {
    const { id } = await held(4)
    f.setNow(at(95))
    await desk.send('POST', `/meetings/${id}/close`, {})
    const { rows } = (
      await desk.send<{ rows: { name: string; called: number; present: number; absent: number; rate: number }[] }>(
        'GET',
        '/meetings/attendance?heldFrom=2026-11-01&heldTo=2026-11-30',
      )
    ).body
    const ding = rows.find(({ name }) => name === '丁')
    expect(ding).toMatchObject({ called: 2, present: 0, absent: 2, rate: 0 })
    expect(rows.find(({ name }) => name === '王书记')).toMatchObject({ called: 2, present: 2, rate: 100 })
    const low = await desk.send<{ rows: { name: string }[] }>(
      'GET',
      '/meetings/attendance?heldFrom=2026-11-01&heldTo=2026-11-30&belowRate=60',
    )
    expect(low.body.rows.map(({ name }) => name).sort()).toEqual(['丁', '丙'])
  })
})

import { beforeAll, describe, expect, it } from 'vitest'
import { type Branch, branchOf, type Steps, stepsOf } from '../../test/appraisal-cases.ts'
import { type Client, type Fixture, openFixture } from '../../test/fixture.ts'

let f: Fixture
let branch: Branch
let steps: Steps
let desk: Client
let officer: Client
let above: Client

beforeAll(async () => {
  f = await openFixture()
  branch = await branchOf(f, { members: 5, probationary: 1 })
  steps = stepsOf(f, branch)
  desk = branch.secretary.client
  officer = branch.officer.client
  above = branch.above
})

let nextYear = 2011
/** A round whose sheets are counted: the even raters say excellent to 党员1 and 党员2, everybody else is qualified. */
async function counted(): Promise<string> {
  nextYear += 1
  const id = await steps.opened(nextYear)
  await steps.studied(id)
  await steps.assessed(id)
  await steps.returned(id, (at, name) =>
    name === '党员1' && at < 6
      ? 'excellent'
      : name === '党员5' && at === 1
        ? 'abstained'
        : at % 3 === 0
          ? 'basic'
          : 'qualified',
  )
  await steps.counted(id)
  return id
}
const submit = (id: string, client = officer) =>
  client.send('POST', `/appraisals/${id}/submit-grades`, { by: 'committee', on: '2026-11-02' })

describe('grades by people', () => {
  it('shows results by name with the cap of a third, and does not grade probationary members', async () => {
    const id = await counted()
    const { rows, cap, returned } = await steps.table(id)
    expect(returned).toEqual({ members: 8, masses: 0 })
    expect(cap).toMatchObject({ total: 7, most: 2, excellent: 0, ok: true, ruleId: 'EVAL-2' })
    expect(rows.map(({ name }) => name)).toEqual([...rows.map(({ name }) => name)].sort((a, b) => (a < b ? -1 : 1)))
    const one = rows.find(({ name }) => name === '党员1')
    expect(one).toMatchObject({
      indicated: 'excellent',
      groups: [{ group: 'members', kind: 'counts', counts: [6, 1, 1, 0, 0] }],
    })
    expect(rows.find(({ name }) => name === '预备1')).toMatchObject({ isGraded: false, groups: [], within: [] })
    const probationary = rows.find(({ name }) => name === '预备1')?.id
    const note = await officer.send(
      'PUT',
      `/appraisals/${id}/grades`,
      { rows: [{ id: probationary, grade: 'qualified' }] },
      { 'if-match': `"${(await steps.table(id)).version}"` },
    )
    expect(note.body).toMatchObject({ code: 'appraisal.not_graded', detail: { name: '预备1' } })
  })

  it('refuses more than a third excellent with the article, and takes what fits', async () => {
    const id = await counted()
    expect((await submit(id)).body).toMatchObject({ code: 'appraisal.grades_missing' })
    await steps.graded(id, (_, at) => ({ grade: at < 3 ? 'excellent' : 'qualified', reason: '全年表现突出' }))
    expect((await steps.table(id)).cap).toMatchObject({ excellent: 3, ok: false })
    expect((await submit(id)).body).toMatchObject({
      status: 422,
      code: 'appraisal.too_many_excellent',
      detail: { excellent: 3, total: 7, most: 2, rule: 'EVAL-2', article: expect.stringContaining('评议') },
    })
    await steps.graded(id, (_, at) => ({ grade: at < 2 ? 'excellent' : 'qualified', reason: '全年表现突出' }))
    await steps.submitted(id)
    expect(await steps.read(id)).toMatchObject({ state: 'checking', decided: { by: 'committee', on: '2026-11-02' } })
  })

  it('asks for daily performance, reasons of departure, measures and what follows', async () => {
    const id = await counted()
    await steps.graded(id, () => ({ grade: 'qualified', daily: null }))
    expect((await submit(id)).body).toMatchObject({ code: 'appraisal.daily_missing' })
    await steps.graded(id, (name) => ({ grade: name === '党员2' ? 'unqualified' : 'qualified' }))
    expect((await submit(id)).body).toMatchObject({
      code: 'appraisal.departs_without_reason',
      detail: { names: expect.arrayContaining(['党员2']) },
    })
    const bad = { grade: 'unqualified', reason: '长期不参加组织生活' }
    await steps.graded(id, (name) => (name === '党员2' ? bad : { grade: 'qualified', reason: '综合评定' }))
    expect((await submit(id)).body).toMatchObject({ code: 'appraisal.measures_missing', detail: { names: ['党员2'] } })
    const measured = { ...bad, measures: '半年内补足组织生活' }
    await steps.graded(id, (name) => (name === '党员2' ? measured : { grade: 'qualified', reason: '综合评定' }))
    expect((await submit(id)).body).toMatchObject({ code: 'appraisal.disposal_missing' })
    await steps.graded(id, (name) =>
      name === '党员2' ? { ...measured, disposal: 'rectify' } : { grade: 'qualified', reason: '综合评定' },
    )
    expect((await submit(id)).status).toBe(200)
  })

  it('is confirmed by another person, who may send it back', async () => {
    const id = await counted()
    await steps.graded(id, () => ({ grade: 'qualified', reason: '综合评定' }), desk)
    await steps.submitted(id, desk)
    const send = (client: Client, path: string, body: object) => client.send('POST', `/appraisals/${id}/${path}`, body)
    expect((await send(officer, 'confirm-grades', {})).status).toBe(403)
    expect((await send(desk, 'confirm-grades', {})).body).toMatchObject({ code: 'appraisal.not_by_the_same' })
    expect((await send(above, 'return-grades', { reason: '日常表现过于简单' })).status).toBe(200)
    expect(await steps.read(id)).toMatchObject({ state: 'grading', returnedReason: '日常表现过于简单' })
    const me = branch.members[0]?.client as Client
    expect(await steps.own(id, me)).toMatchObject({ grade: null, result: null })
    await steps.submitted(id, desk)
    await steps.confirmed(id, above)
    expect(await steps.own(id, me)).toMatchObject({
      grade: 'qualified',
      waits: 'result',
      result: { feedback: 'untold' },
    })
    await f.deliver()
    const toldOf = async (client: Client) =>
      (await client.send<{ rows: { kind: string; path: string }[] }>('GET', '/my/notices?limit=100')).body.rows
        .filter(({ path }) => path === `/appraisals/${id}`)
        .map(({ kind }) => kind)
    expect((await toldOf(me)).sort()).toEqual(['appraisal_opened', 'appraisal_result', 'appraisal_sheet'])
    expect(await toldOf(above), 'who is not of the round hears nothing').toEqual([])
  })

  it('enter the record of each person as a dated entry, once they are confirmed', async () => {
    const id = await counted()
    await steps.graded(id, () => ({ grade: 'qualified', reason: '综合评定' }))
    await steps.submitted(id)
    type Entry = { kind: string; fromOn: string; facts: object }
    const me = branch.members[1]
    const entriesOf = async () => (await me?.client.send<{ entries: Entry[] }>('GET', '/me/record'))?.body.entries ?? []
    const { year } = await steps.read(id)
    const ofYear = async () => (await entriesOf()).filter(({ facts }) => 'year' in facts && facts.year === `${year}`)
    expect(await ofYear()).toEqual([])
    await steps.confirmed(id)
    const expected = { kind: 'appraisal', fromOn: '2026-11-02', facts: { grade: '合格', note: '机械学院教工党支部' } }
    expect(await ofYear()).toMatchObject([expected])
    const { rows } = await steps.table(id)
    const memberId = rows.find(({ name }) => name === '党员2')?.memberId
    const seen = (await desk.send<{ entries: Entry[] }>('GET', `/members/${memberId}`)).body.entries
    expect(seen.filter(({ facts }) => 'year' in facts && facts.year === `${year}`)).toMatchObject([expected])
    const events = await f.admin
      .selectFrom('platform_event')
      .select('subject_id')
      .where('type', '=', 'members.entry_changed')
      .where('subject_id', '=', memberId ?? '')
      .execute()
    expect(events.length).toBeGreaterThan(0)
  })
})

describe('feedback, report and closing', () => {
  it('reaches everybody, answers objections, and is closed from above', async () => {
    const id = await counted()
    await steps.graded(id, () => ({ grade: 'qualified', reason: '综合评定' }))
    await steps.submitted(id)
    await steps.confirmed(id)
    const send = async (client: Client, path: string, body: object) =>
      (await client.send('POST', `/appraisals/${id}/${path}`, body)).body
    const report = { on: '2026-11-02', documentNumber: '机教支〔2026〕5 号' }
    expect(await send(desk, 'report', report)).toMatchObject({ code: 'appraisal.not_all_told' })
    const { rows } = await steps.table(id)
    const idOf = (name: string) => rows.find((row) => row.name === name)?.id
    expect(await send(desk, `persons/${idOf('预备1')}/told`, { on: '2026-11-02' })).toMatchObject({
      code: 'appraisal.no_such_person',
    })
    expect(await send(desk, `persons/${idOf('党员1')}/told`, { on: '2026-12-02' })).toMatchObject({
      code: 'appraisal.in_future',
    })
    const sign = (client: Client, body: object = {}) => client.send('POST', `/my/appraisals/${id}/result`, body)
    const [first, ...others] = branch.all.filter(({ name }) => !name.startsWith('预备'))
    expect((await sign(first?.client as Client, { objection: '漏记了支援工作' })).body).toMatchObject({
      feedback: 'objected',
    })
    expect((await sign(first?.client as Client)).body).toMatchObject({ code: 'appraisal.told_already' })
    for (const { client } of others.slice(1)) expect((await sign(client)).body).toMatchObject({ feedback: 'signed' })
    const onPaper = others[0]?.name ?? ''
    expect(await send(desk, `persons/${idOf(onPaper)}/told`, { on: '2026-11-02' })).toMatchObject({
      feedback: 'signed',
    })
    expect(await send(desk, 'report', report)).toMatchObject({
      code: 'appraisal.objection_open',
      detail: { names: [first?.name] },
    })
    expect(await send(desk, `persons/${idOf(onPaper)}/answer`, { text: '已核实' })).toMatchObject({
      code: 'appraisal.no_objection',
    })
    expect(
      await send(desk, `persons/${idOf(first?.name ?? '')}/answer`, { text: '已核实并补记，等次不变' }),
    ).toMatchObject({ feedback: 'answered' })
    expect(await steps.own(id, first?.client as Client)).toMatchObject({ result: { answer: '已核实并补记，等次不变' } })
    expect(await send(desk, 'report', report)).toMatchObject({ state: 'reported' })
    expect(await send(desk, 'close', {})).toMatchObject({ code: 'appraisal.not_from_above' })
    expect(await send(above, 'close', {})).toMatchObject({ state: 'closed' })
    expect((await sign(first?.client as Client)).body).toMatchObject({ code: 'appraisal.wrong_state' })
    expect((await desk.send('POST', `/appraisals/${id}/cancel`, { reason: '想重来' })).body).toMatchObject({
      code: 'appraisal.wrong_state',
    })
  })

  it('tells nothing of others to a member and nothing at all outside the scope', async () => {
    const id = await counted()
    expect((await branch.members[0]?.client.send('GET', `/appraisals/${id}/grades`))?.status).toBe(403)
    const nurses = await f.signIn('branch_secretary', 'nurses')
    expect((await nurses.send('GET', `/appraisals/${id}/grades`)).body).toMatchObject({ code: 'appraisal.not_found' })
    expect((await nurses.send('GET', `/my/appraisals/${id}`)).body).toMatchObject({ code: 'appraisal.not_yours' })
  })
})

describe('papers and files', () => {
  it('prints each form when it has something to say, and exports what the page shows', async () => {
    const id = await counted()
    const print = (body: object) => desk.send('POST', `/appraisals/${id}/print`, { format: 'pdf', ...body })
    expect((await print({ form: 'publicity' })).body).toMatchObject({ code: 'appraisal.wrong_state' })
    expect((await print({ form: 'registration' })).body).toMatchObject({ code: 'appraisal.no_such_person' })
    const { rows } = await steps.table(id)
    const person = rows.find(({ name }) => name === '党员1')?.id
    for (const body of [
      { form: 'sheet' },
      { form: 'summary', language: 'en' },
      { form: 'registration', personId: person },
      { form: 'summary', format: 'docx' },
    ]) {
      const paper = await print(body)
      expect(paper.status).toBe(200)
      expect(paper.headers['content-disposition']).toContain('attachment')
    }
    const table = await desk.send('POST', `/appraisals/${id}/grades/export`, { format: 'csv' })
    expect(String(table.body)).toContain('党员1')
    const list = await desk.send('POST', '/appraisals/export', { filter: {}, format: 'csv' })
    expect(String(list.body)).toContain('机械学院教工党支部')
  }, 60_000)
})

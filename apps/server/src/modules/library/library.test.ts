import { readFileSync } from 'node:fs'
import type { LibraryClass, LibraryFound, LibraryRecord, LibraryRow, Page } from '@tongxin/contract'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { pdf } from '../../platform/upload/hostile/build.ts'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import { plantMember } from '../../test/meeting-cases.ts'
import { pdfText } from '../../test/pdf-text.ts'
import { uploadTo } from '../../test/tus-upload.ts'

type Made = { id: string; code?: string; fields?: { field: string }[] }
let f: Fixture
let committee: Client
let faculty: Client
let teachers: Client
let nurses: Client
let member: Client
let memberId: string
let top: string

beforeAll(async () => {
  f = await openFixture()
  await f.app.http.listen({ port: 0, host: '127.0.0.1' })
  committee = await f.signIn('committee_admin', 'committee', { name: '组织部' })
  faculty = await f.signIn('party_worker', 'faculty', { name: '总支干事' })
  teachers = await f.signIn('branch_secretary', 'teachers', { name: '教工书记' })
  nurses = await f.signIn('branch_secretary', 'nurses')
  const planted = await plantMember(f, 'teachers', '王同志')
  memberId = planted.id
  member = planted.client
  top = (await classOf(committee, { orgId: f.orgs.committee.id, name: '学习资料' })).id
})

const classOf = async (who: Client, more: object) =>
  (await who.send<Made>('POST', '/library/classes', { parentId: null, name: '分类', position: 0, ...more })).body
const sample = (kind: string) => readFileSync(new URL(`test-files/written-by-libreoffice.${kind}`, import.meta.url))
const text = (words: string) => Buffer.from(words)
const upload = (who: Client, name: string, bytes: Uint8Array = text('没有要紧的内容')) =>
  uploadTo(f, who, bytes, { name, purpose: 'library' })
const facts = (more: object = {}) => ({
  classId: top,
  title: '主题教育学习材料',
  summary: '供各支部学习',
  tags: ['主题教育'],
  secrecy: 'internal',
  audienceId: f.orgs.committee.id,
  validFrom: null,
  validTo: null,
  downloads: 'readers',
  isMarked: true,
  retention: 'y30',
  statute: null,
  ...more,
})
const body = (fileId: string, more: object = {}) => ({
  kind: 'material',
  orgId: f.orgs.committee.id,
  fileId,
  ...facts(more),
})
const add = async (who: Client, fileId: string, more: object = {}) =>
  (await who.send<Made>('POST', '/library/documents', body(fileId, more))).body
const statute = (number: string, more: object = {}) => ({
  kind: 'statute',
  statute: { documentNumber: number, issuer: '中共中央', rank: 'party_rule', effectiveOn: '2020-01-01', ...more },
})
const find = async (who: Client, words: string, path = '/library/search') =>
  (await who.send<LibraryFound>('POST', path, { text: words })).body
const titles = async (who: Client, words: string, path?: string) =>
  (await find(who, words, path)).rows.map(({ title }) => title)
const list = async (who: Client, query = '', path = '/library/documents') =>
  (await who.send<Page<LibraryRow>>('GET', `${path}?${query}`)).body.rows.map(({ title }) => title)
const readOne = (who: Client, id: string, path = '/library/documents') =>
  who.send<LibraryRecord>('GET', `${path}/${id}`)
const why = { reason: '内容已更新' }

describe('classes', () => {
  it('are refused beyond the own units, five levels deep, twice by one name, and while something is in them', async () => {
    expect(await classOf(nurses, { orgId: f.orgs.teachers.id })).toMatchObject({ code: 'library.no_such_org' })
    const own = await classOf(teachers, { orgId: f.orgs.teachers.id, name: '支部自有' })
    expect(await classOf(nurses, { orgId: f.orgs.nurses.id, parentId: own.id })).toMatchObject({
      code: 'library.class_not_found',
    })
    expect(await classOf(teachers, { orgId: f.orgs.teachers.id, name: '支部自有' })).toMatchObject({
      code: 'library.class_exists',
    })
    let parentId = own.id
    for (let level = 2; level <= 5; level += 1)
      parentId = (await classOf(teachers, { orgId: f.orgs.teachers.id, parentId, name: `第${level}级` })).id
    expect(await classOf(teachers, { orgId: f.orgs.teachers.id, parentId, name: '第6级' })).toMatchObject({
      code: 'library.class_too_deep',
    })
    const close = (id: string) => teachers.send<Made>('POST', `/library/classes/${id}/close`, why)
    expect((await close(own.id)).body).toMatchObject({ code: 'library.class_in_use' })
    expect((await close(parentId)).status).toBe(200)
    expect((await faculty.send('PUT', `/library/classes/${own.id}`, { name: '教工支部', position: 3 })).status).toBe(
      200,
    )
    const seen = async (who: Client) =>
      (await who.send<{ rows: LibraryClass[] }>('GET', '/library/classes')).body.rows.map(({ name }) => name)
    expect(await seen(nurses)).toEqual(['学习资料'])
    expect(await seen(teachers)).toEqual(['学习资料', '第2级', '第3级', '第4级', '教工支部'])
  })
})

describe('what is kept', () => {
  it('carries no mark of a state secret in name, title or head, and says why', async () => {
    const marked = await upload(committee, '通知.txt', text('机密★10年\n关于某事的通知'))
    expect(await add(committee, marked)).toMatchObject({
      code: 'library.state_secret',
      detail: { mark: '机密★' },
      fields: [{ field: '/body/fileId' }],
    })
    const plain = await upload(
      committee,
      '法.txt',
      text('保守国家秘密法规定，国家秘密的密级分为绝密、机密、秘密三级。'),
    )
    expect(await add(committee, plain, { title: '（绝密）材料' })).toMatchObject({ code: 'library.state_secret' })
    expect(await add(committee, plain, { title: '保守国家秘密法释义' })).not.toHaveProperty('code')
  })

  it('is refused with other files, classes, units, dates and facts than it can have', async () => {
    const foreign = await upload(teachers, 'a.txt')
    expect(await add(committee, foreign)).toMatchObject({ code: 'library.file_unusable' })
    const own = await upload(committee, 'a.txt')
    const refused = async (more: object) => (await add(committee, own, more)).code
    expect(await refused({ classId: crypto.randomUUID() })).toBe('library.class_not_found')
    expect(await refused({ audienceId: crypto.randomUUID() })).toBe('library.no_such_org')
    expect(await refused({ validFrom: '2026-02-01', validTo: '2026-01-01' })).toBe('library.dates_wrong')
    expect(await refused({ kind: 'statute' })).toBe('library.statute_facts')
    const limit = { orgId: f.orgs.retired.id, code: 'library.most_megabytes', value: 1, reason: '按规定试行' }
    const set = await committee.send('POST', '/settings', { ...limit, effectiveFrom: '2026-11-02' })
    expect(set.status).toBe(200)
    const large = await upload(committee, 'b.txt', text('学习'.repeat(200_000)))
    const retired = { orgId: f.orgs.retired.id, audienceId: f.orgs.retired.id }
    expect(await add(committee, large, retired)).toMatchObject({ code: 'library.quota' })
  })

  it('has versions, and facts that are changed by whoever saw them last', async () => {
    const { id } = await add(committee, await upload(committee, '一.txt', text('第一稿：廉洁自律')), {
      title: '会版本的材料',
    })
    const next = { fileId: await upload(committee, '二.txt', text('第二稿：担当作为')), note: '补充一章' }
    const renew = (who: Client) => who.send<Made>('POST', `/library/documents/${id}/versions`, next)
    expect((await renew(faculty)).body.code).toBe('library.file_unusable')
    expect((await renew(committee)).status).toBe(200)
    expect(await titles(teachers, '担当作为')).toEqual(['会版本的材料'])
    expect(await titles(teachers, '廉洁自律')).toEqual([])
    const seen = (await readOne(committee, id)).body
    expect(seen.versions.map(({ number, note }) => [number, note])).toEqual([
      [2, '补充一章'],
      [1, ''],
    ])
    const change = (version: number) =>
      committee.send<Made>('PUT', `/library/documents/${id}`, facts({ title: '改名的材料' }), {
        'if-match': `"${version}"`,
      })
    expect((await change(seen.version - 1)).status).toBe(412)
    expect((await change(seen.version)).status).toBe(200)
    expect(await titles(teachers, '改名')).toEqual(['改名的材料'])
  })
})

/** So many newer documents with the same words, without uploading each of them. */
async function copies(id: string, count: number): Promise<void> {
  const { rows } = await sql<{ id: string; seq: number }>`
    insert into library_document select (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(),
      'seq', d.seq + n, 'title', d.title || n))).* from library_document d, generate_series(1, ${count}::int) n
    where d.tenant_id = ${f.tenantId} and d.id = ${id} returning id, seq`.execute(f.admin)
  for (const one of rows)
    await sql`insert into library_word select tenant_id, ${one.id}::uuid, ${one.seq}::bigint, words from library_word
      where tenant_id = ${f.tenantId} and document_id = ${id}`.execute(f.admin)
  await sql`update library_counter set last = last + ${count} where tenant_id = ${f.tenantId}`.execute(f.admin)
}

describe('finding', () => {
  it('finds words inside files that LibreOffice wrote, and shows the passage', async () => {
    for (const kind of ['docx', 'pptx', 'xlsx', 'pdf']) {
      const made = await add(committee, await upload(committee, `样本.${kind}`, sample(kind)), {
        title: `样本之${kind}`,
      })
      expect((await readOne(committee, made.id)).body.versions[0]?.textState).toBe('read')
    }
    const found = await find(teachers, '澄江渡口')
    expect(found.rows.map(({ title }) => title)).toEqual(['样本之pdf', '样本之xlsx', '样本之pptx', '样本之docx'])
    for (const { snippet } of found.rows) expect(snippet).toContain('澄江渡口')
  })

  it('puts what has the words in its title first, pages on, and refuses what is no word', async () => {
    const material = () => upload(committee, 'x.txt', text('民主生活会的有关材料'))
    await add(committee, await material(), { title: '民主生活会方案' })
    const { id } = await add(committee, await material(), { title: '其他材料' })
    await copies(id, 20)
    const first = await find(teachers, '民主生活会')
    expect(first.rows[0]).toMatchObject({ title: '民主生活会方案', isInTitle: true })
    expect(first.rows).toHaveLength(20)
    const rest = await teachers.send<LibraryFound>('POST', '/library/search', {
      text: '民主生活会',
      cursor: first.next,
    })
    expect(rest.body.rows.map(({ title }) => title)).toEqual(['其他材料1', '其他材料'])
    expect(rest.body.next).toBeNull()
    expect(await find(teachers, '，。！')).toMatchObject({ code: 'library.nothing_to_find' })
    const forged = { text: '民主', cursor: 'x' }
    expect((await teachers.send<Made>('POST', '/library/search', forged)).body.code).toBe('request.malformed')
  })

  it('tells nobody of what does not apply to him, at the desk or on the phone', async () => {
    const own = { orgId: f.orgs.faculty.id, audienceId: f.orgs.teachers.id, title: '仅教工可见' }
    const { id } = await add(faculty, await upload(faculty, 'x.txt', text('实验室安全')), own)
    const secret = { title: '工作秘密一则', secrecy: 'work_secret' }
    const kept = await add(committee, await upload(committee, 'y.txt', text('实验室安全')), secret)
    expect(await titles(nurses, '实验室安全')).toEqual(['工作秘密一则'])
    expect(await titles(teachers, '实验室安全')).toEqual(['工作秘密一则', '仅教工可见'])
    expect(await titles(member, '实验室安全', '/my/library/search')).toEqual(['仅教工可见'])
    expect(await list(member, '', '/my/library/documents')).not.toContain('工作秘密一则')
    expect((await readOne(nurses, id)).status).toBe(404)
    expect((await readOne(member, kept.id, '/my/library/documents')).body).toMatchObject({ code: 'library.not_found' })
    expect((await member.send('GET', '/library/documents')).status).toBe(403)
    const { rows } = await f.platform.pool.query('select 1 from library_word where tenant_id = $1', [f.tenantId])
    expect(rows).toEqual([])
  })
})

describe('statutes', () => {
  it('show what replaced them and what they replace, never in a circle', async () => {
    const made = async (title: string, day: string) =>
      (
        await add(committee, await upload(committee, `${title}.txt`), {
          title,
          ...statute(title, { effectiveOn: day }),
        })
      ).id
    const [old, middle, newest] = [
      await made('试行办法', '2016-01-01'),
      await made('暂行规定', '2020-01-01'),
      await made('现行条例', '2027-01-01'),
    ]
    const link = (id: string, replacedId: string) =>
      committee.send<Made>('POST', `/library/documents/${id}/replacements`, { replacedId, isWhole: true, note: '' })
    expect((await link(middle, old)).status).toBe(200)
    expect((await link(middle, old)).body.code).toBe('library.already_linked')
    const last = (await link(newest, middle)).body
    expect((await link(old, newest)).body.code).toBe('library.circle')
    const material = await add(committee, await upload(committee, 'x.txt'))
    expect((await link(middle, material.id)).body.code).toBe('library.not_statutes')
    const seen = (await readOne(teachers, middle)).body
    expect(seen.document).toMatchObject({ isReplaced: true, validity: 'valid' })
    expect(seen.replaces.map(({ title }) => title)).toEqual(['试行办法'])
    expect(seen.replacedBy.map(({ title }) => title)).toEqual(['现行条例'])
    expect(await list(teachers, 'kind=statute&validity=coming')).toEqual(['现行条例'])
    expect((await committee.send('POST', `/library/replacements/${last.id}/removal`, why)).status).toBe(200)
    expect((await readOne(teachers, middle)).body.document.isReplaced).toBe(false)
  })
})

describe('copies and shares', () => {
  it('carry the name of who took them, are noted, and are refused where the document says so', async () => {
    const { id } = await add(committee, await upload(committee, '决议.pdf', sample('pdf')), {
      title: '带水印',
      downloads: 'posts',
    })
    expect((await member.send<Made>('GET', `/library/documents/${id}/content`)).body.code).toBe('library.no_download')
    const answer = await fetch(`${f.app.http.listeningOrigin}/api/v1/library/documents/${id}/content`, {
      headers: { cookie: teachers.cookie },
    })
    expect(answer.headers.get('content-disposition')).toContain('attachment')
    expect(await pdfText(new Uint8Array(await answer.arrayBuffer()))).toContain('教工书记 2026-11-02')
    const log = await committee.send<Page<{ personName: string; act: string }>>(
      'GET',
      `/library/documents/${id}/readings`,
    )
    expect(log.body.rows).toMatchObject([{ personName: '教工书记', act: 'downloaded' }])
    expect((await teachers.send('GET', `/library/documents/${id}/readings`)).status).toBe(404)
  })

  it('do not leave the house without their mark', async () => {
    const { id } = await add(committee, await upload(committee, '坏.pdf', pdf('% no pages')))
    expect((await teachers.send<Made>('GET', `/library/documents/${id}/content`)).body.code).toBe('library.unmarkable')
  })

  it('reach a named person until a day, or until they are taken back', async () => {
    const secret = { title: '共享的秘密', secrecy: 'work_secret', downloads: 'posts' }
    const { id } = await add(committee, await upload(committee, 'x.txt', text('名单如下')), secret)
    const share = (more: object) =>
      committee.send<Made>('POST', `/library/documents/${id}/shares`, {
        memberIds: [memberId],
        until: '2026-11-09',
        mayDownload: true,
        ...more,
      })
    expect((await share({ until: '2026-11-01' })).body.code).toBe('library.share_too_long')
    expect((await share({ memberIds: [crypto.randomUUID()] })).body.code).toBe('library.no_such_member')
    expect((await share({})).status).toBe(200)
    expect(await list(member, 'shared=true', '/my/library/documents')).toEqual(['共享的秘密'])
    const words = await member.send<{ text: string }>('POST', `/my/library/documents/${id}/text`, {})
    expect(words.body.text).toBe('名单如下')
    expect((await member.send('GET', `/library/documents/${id}/content`)).status).toBe(200)
    const [kept] = (await readOne(committee, id)).body.shares
    expect(kept).toMatchObject({ personName: '王同志', openings: 2, isOver: false })
    expect((await readOne(teachers, id)).body.shares).toEqual([])
    expect((await teachers.send('POST', `/library/shares/${kept?.id}/revoke`, why)).status).toBe(404)
    expect((await committee.send('POST', `/library/shares/${kept?.id}/revoke`, why)).status).toBe(200)
    expect((await member.send('GET', `/my/library/documents/${id}`)).status).toBe(404)
  })
})

describe('bin, archive and subscription', () => {
  it('take a document away from readers and give it back, and keep an archived one unchanged for its period', async () => {
    const { id } = await add(committee, await upload(committee, 'x.txt', text('值班安排表')), { title: '会被收起的' })
    const act = (verb: string) => committee.send<Made>('POST', `/library/documents/${id}/${verb}`, why)
    expect((await act('restore')).body.code).toBe('library.not_possible')
    expect((await act('bin')).status).toBe(200)
    expect(await titles(teachers, '值班安排')).toEqual([])
    expect((await readOne(teachers, id)).status).toBe(404)
    expect(await list(committee, 'state=binned')).toEqual(['会被收起的'])
    expect((await act('restore')).status).toBe(200)
    expect(await titles(teachers, '值班安排')).toEqual(['会被收起的'])
    expect((await act('archive')).status).toBe(200)
    expect((await readOne(teachers, id)).body).toMatchObject({
      keptUntil: '2056-12-31',
      document: { state: 'archived' },
    })
    const { version } = (await readOne(committee, id)).body
    const change = await committee.send<Made>('PUT', `/library/documents/${id}`, facts(), {
      'if-match': `"${version}"`,
    })
    expect(change.body.code).toBe('library.not_possible')
    const usage = await committee.send<{ documents: number; mostBytes: number }>('GET', '/library/usage')
    expect(usage.body.documents).toBeGreaterThan(10)
  })

  it('tells subscribers of new documents that apply to them', async () => {
    const subscribe = (who: Client, isOn: boolean) =>
      who.send('PUT', `/my/library/classes/${top}/subscription`, { isOn })
    f.setNow(new Date(NOW.getTime() + 60_000))
    expect((await subscribe(member, true)).status).toBe(200)
    expect((await subscribe(nurses, true)).status).toBe(200)
    await add(committee, await upload(committee, 'x.txt'), { title: '新到的', audienceId: f.orgs.faculty.id })
    await f.deliver()
    const inbox = async (who: Client) =>
      (await who.send<Page<{ kind: string }>>('GET', '/my/notices')).body.rows.filter(
        ({ kind }) => kind === 'library_new',
      )
    expect(await inbox(member)).toHaveLength(1)
    expect(await inbox(nurses)).toHaveLength(0)
    expect((await subscribe(member, false)).status).toBe(200)
  })

  it('follows an organisation that moves', async () => {
    const own = { orgId: f.orgs.students.id, audienceId: f.orgs.students.id, title: '学生支部自编' }
    await add(faculty, await upload(faculty, 'x.txt', text('社会实践手册')), own)
    const secretary = await f.signIn('branch_secretary', 'students')
    const at = `/orgs/${f.orgs.students.id}/move`
    const parentId = f.orgs.medicine.id
    const { body: plan } = await committee.send<{ hash: string }>('POST', `${at}/plan`, { parentId })
    const dated = { documentNumber: '江委〔2026〕1号', effectiveOn: '2026-11-02' }
    const moved = await committee.send('POST', at, { parentId, ...dated, planHash: plan.hash })
    expect(moved.status, JSON.stringify(moved.body)).toBe(200)
    await f.deliver()
    const upper = await f.signIn('party_worker', 'medicine')
    expect(await titles(upper, '社会实践')).toEqual(['学生支部自编'])
    expect(await titles(secretary, '社会实践')).toEqual(['学生支部自编'])
    expect(await titles(faculty, '社会实践')).toEqual([])
  })
})

import { randomUUID } from 'node:crypto'
import type { ChannelRecord, Page, Playback, Programme, ProgrammeSlot, SetRow, TvGuide } from '@tongxin/contract'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Client, type Fixture, NOW, openFixture } from '../../test/fixture.ts'
import {
  askAsSet,
  minutes,
  plantMedium as planted,
  report as reported,
  type ToldAiring,
} from '../../test/television-cases.ts'

type Made = { id: string; version: number }
let f: Fixture
let committee: Client
let secretary: Client
let nurses: Client
let channelId: string
let media: string
const programmes: string[] = []
const tv = <T>(path: string, body: object) => askAsSet<T>(f, path, body)
const report = (key: string, airings: ToldAiring[]) => reported(f, key, airings)
const clock = (at: Date): void => f.setNow(at)
const plantMedium = (org: 'committee', more: { seconds?: number | null } = {}) => planted(f, org, more)

beforeAll(async () => {
  f = await openFixture()
  committee = await f.signIn('committee_admin', 'committee', { name: '宣传部' })
  secretary = await f.signIn('branch_secretary', 'teachers', { name: '教工书记' })
  nurses = await f.signIn('branch_secretary', 'nurses', { name: '护理书记' })
  media = await plantMedium('committee')
  const made = await committee.send<Made>('POST', '/television-channels', { name: '远程教育', about: '校党委频道' })
  channelId = made.body.id
  for (const title of ['开学第一课', '党史故事']) {
    const { body } = await committee.send<Programme>('POST', `/television-channels/${channelId}/programmes`, {
      mediaId: media,
      title,
    })
    programmes.push(body.id)
  }
})

describe('channels and their schedule', () => {
  it('are changed by their own unit alone, keep names apart, and take no medium that does not play', async () => {
    const at = `/television-channels/${channelId}`
    expect((await secretary.send('POST', `${at}/end`, { reason: '不想看' })).body).toMatchObject({
      code: 'television.not_your_channel',
      detail: { orgName: '江湾大学委员会' },
    })
    expect((await committee.send('POST', '/television-channels', { name: '远程教育' })).body).toMatchObject({
      code: 'television.name_taken',
      fields: [{ field: '/body/name' }],
    })
    expect(
      (await secretary.send('POST', `/television-channels/${randomUUID()}/end`, { reason: '不在' })).body,
    ).toMatchObject({
      code: 'television.channel_not_found',
    })
    const elsewhere = { name: '护理频道', orgId: f.orgs.nurses.id }
    expect((await secretary.send('POST', '/television-channels', elsewhere)).body).toMatchObject({
      code: 'television.no_such_org',
    })
    const add = (mediaId: string, more: object = {}) =>
      committee.send<{ code: string }>('POST', `${at}/programmes`, { mediaId, ...more })
    expect((await add(randomUUID())).body.code).toBe('television.media_not_found')
    const unmeasured = await plantMedium('committee', { seconds: null })
    expect((await add(unmeasured)).body.code).toBe('television.length_unknown')
    const waiting = await plantMedium('committee')
    await f.admin.updateTable('media_item').set({ state: 'failed', served: null }).where('id', '=', waiting).execute()
    expect((await add(waiting)).body.code).toBe('television.media_not_ready')
    const order = { ids: [programmes[0] as string] }
    expect((await committee.send('PUT', `${at}/order`, order)).body).toMatchObject({ code: 'television.order_wrong' })
  })

  it('are received below, arranged anew, ended and reopened, and a removed programme comes back', async () => {
    const at = `/television-channels/${channelId}`
    const seen = await secretary.send<Page<{ id: string; from: string }>>('GET', '/television-channels?from=above')
    expect(seen.body.rows).toMatchObject([{ id: channelId, from: 'above', programmes: 2 }])
    const [first, second] = programmes as [string, string]
    await committee.send('PUT', `${at}/order`, { ids: [second, first] })
    const items = async () => (await committee.send<ChannelRecord>('GET', at)).body.items
    expect((await items()).map(({ id }) => id)).toEqual([second, first])
    await committee.send('PUT', `/television-programmes/${first}`, { title: '开学第一讲', isOnDemand: false })
    await committee.send('POST', `/television-programmes/${second}/remove`, {})
    expect((await secretary.send<ChannelRecord>('GET', at)).body.items).toMatchObject([{ title: '开学第一讲' }])
    await committee.send('POST', `/television-programmes/${second}/restore`, {})
    expect((await items()).map(({ id }) => id)).toEqual([first, second])
    await committee.send('POST', `${at}/end`, { reason: '改版' })
    const change = { name: '远程教育频道' }
    const { version } = (await committee.send<ChannelRecord>('GET', at)).body
    const head = { 'if-match': `"${version}"` }
    expect((await committee.send('PUT', at, change, head)).body).toMatchObject({ code: 'television.channel_ended' })
    const again = (await committee.send<Made>('POST', `${at}/reopen`, {})).body
    expect((await committee.send('PUT', at, change, { 'if-match': `"${again.version}"` })).status).toBe(200)
    expect((await committee.send('POST', `/television-programmes/${randomUUID()}/remove`, {})).body).toMatchObject({
      code: 'television.programme_not_found',
    })
    expect((await committee.send<{ rows: object[] }>('GET', `/media/${media}`)).body).toMatchObject({
      usedIn: [{ kind: 'programme' }, { kind: 'programme' }],
    })
  })

  it('take no hour that is past or taken, and give a removed hour back while it is free', async () => {
    const at = `/television-channels/${channelId}/slots`
    const [first, second] = programmes as [string, string]
    const plan = (programmeId: string, on: number, weeks = 1) =>
      committee.send<{ rows: ProgrammeSlot[]; code: string }>('POST', at, {
        programmeId,
        startsAt: minutes(on).toISOString(),
        weeks,
      })
    expect((await plan(first, -5)).body.code).toBe('television.slot_past')
    const made = await plan(first, 60, 3)
    expect(made.body.rows.map(({ startsAt }) => startsAt.slice(0, 10))).toEqual([
      '2026-11-02',
      '2026-11-09',
      '2026-11-16',
    ])
    expect((await plan(second, 60 + 7 * 1440 + 5)).body).toMatchObject({
      code: 'television.slot_taken',
      detail: { title: '开学第一讲' },
    })
    const [slot] = made.body.rows as [ProgrammeSlot]
    const act = (path: string) => committee.send('POST', `/television-slots/${slot.id}/${path}`, {})
    await act('remove')
    expect((await plan(second, 65)).status).toBe(200)
    expect((await act('restore')).body).toMatchObject({ code: 'television.slot_taken' })
    expect((await secretary.send('POST', `/television-slots/${slot.id}/remove`, {})).body).toMatchObject({
      code: 'television.slot_not_found',
    })
    const listed = await secretary.send<{ rows: ProgrammeSlot[] }>('GET', `${at}?from=2026-11-02&until=2026-11-09`)
    expect(listed.body.rows.map(({ title }) => title)).toEqual(['党史故事', '开学第一讲'])
    expect((await secretary.send('GET', `${at}?from=2026-11-02&until=2027-11-09`)).body).toMatchObject({
      code: 'television.dates_wrong',
    })
  })
})

describe('a set', () => {
  it('is paired by the code on its screen, typed as it is read, and opens nothing before and nothing after its end', async () => {
    const shown = (await tv<{ code: string; token: string; until: string }>('pairings', {})).body
    expect(shown.code).toMatch(/^[A-HJ-NP-Z2-9]{6}$/)
    expect((await tv('pairings/ask', { token: shown.token })).body).toEqual({ state: 'waiting', key: null })
    const wrong = { code: 'AAAA99', name: '一号会议室' }
    expect((await secretary.send('POST', '/television-sets', wrong)).body).toMatchObject({
      code: 'television.code_unknown',
      fields: [{ field: '/body/code' }],
    })
    const typed = `${shown.code.slice(0, 3).toLowerCase()} ${shown.code.slice(3)}`
    const made = await secretary.send<Made>('POST', '/television-sets', {
      code: typed,
      name: '一号会议室',
      place: '三楼',
    })
    expect(made.status).toBe(200)
    expect((await secretary.send('POST', '/television-sets', { code: typed, name: '二号' })).body).toMatchObject({
      code: 'television.code_unknown',
    })
    const { key } = (await tv<{ key: string }>('pairings/ask', { token: shown.token })).body
    const stored = await f.admin.selectFrom('television_set').selectAll().where('id', '=', made.body.id).execute()
    expect(JSON.stringify(stored)).not.toContain(key.split('.')[1])
    const guide = await tv<TvGuide>('guide', { key })
    expect(guide.body).toMatchObject({
      set: { name: '一号会议室' },
      channels: [{ programmes: [{ edition: expect.any(String) }, {}] }],
    })
    expect(guide.body.slots.length).toBe(1)
    const play = await tv<Playback>('playback', { key, programmeId: programmes[0] })
    expect(play.body).toMatchObject({ kind: 'video', offline: { type: 'video/webm' } })
    const served = async (is: object) =>
      f.admin
        .updateTable('media_item')
        .set(is as never)
        .where('id', '=', media)
        .execute()
    await served({ removed_at: NOW, removed_reason: '重录' })
    expect((await tv('playback', { key, programmeId: programmes[0] })).body).toMatchObject({
      code: 'television.not_playable',
    })
    await served({ removed_at: null, removed_reason: null })
    expect((await tv('playback', { key, programmeId: randomUUID() })).body).toMatchObject({
      code: 'television.programme_not_found',
    })
    expect((await tv('guide', { key: `${key.slice(0, -4)}aaaa` })).body).toMatchObject({
      code: 'television.not_paired',
    })
    expect(
      (await nurses.send('POST', `/television-sets/${made.body.id}/end`, { reason: '别人的' })).body,
    ).toMatchObject({
      code: 'television.set_not_found',
    })
    const end = () => secretary.send('POST', `/television-sets/${made.body.id}/end`, { reason: '会议室改造' })
    expect((await end()).status).toBe(200)
    expect((await end()).body).toMatchObject({ code: 'television.set_ended' })
    const ended = await committee.send<Page<SetRow>>('GET', '/television-sets?state=ended')
    expect(ended.body.rows).toMatchObject([{ name: '一号会议室', endReason: '会议室改造', pairedBy: '教工书记' }])
    expect((await tv('guide', { key })).status).toBe(401)
    expect((await report(key, [])).body).toMatchObject({ code: 'television.not_paired' })
  })

  it('lets its code expire after ten minutes, and shuts out who guesses codes', async () => {
    const shown = (await tv<{ code: string; token: string }>('pairings', {})).body
    clock(minutes(11))
    const guess = (code: string) => nurses.send<{ code: string }>('POST', '/television-sets', { code, name: '护士站' })
    expect((await guess(shown.code)).body.code).toBe('television.code_unknown')
    expect((await tv('pairings/ask', { token: shown.token })).body).toEqual({ state: 'over', key: null })
    for (let turn = 0; turn < 9; turn += 1) await guess(`BAD${turn}22`)
    expect((await guess('BAD222')).body.code).toBe('television.too_many_tries')
    clock(NOW)
  })
})

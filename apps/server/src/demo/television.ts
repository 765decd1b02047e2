import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { TvReport } from '@tongxin/contract'
import { MODULES } from '../modules.ts'
import { listening, upload } from './learning-files.ts'
import type { Plan, Stage } from './staffing.ts'
import { at } from './virtual-time.ts'

const MINUTE = 60_000
const DAY = 1440 * MINUTE
const SECONDS = 8
/** Generated colour, words and a tone: eight seconds, so that nobody's rights are touched. */
const CLIP = new URL('television-clip.webm', import.meta.url)
type Made = { id: string }
type Set = { readonly key: string; readonly branch: Plan['branches'][number] }

/** Rooms with a set: the branch by its place, the name, and on which days before today something was played there. */
const ROOMS = [
  { branch: 0, name: '党员活动室', place: '行政楼 201', days: [35, 21, 7] },
  { branch: 1, name: '教工之家', place: '机械楼 101', days: [20, 6] },
  { branch: 3, name: '会议室电视', place: '三号楼 305', days: [13] },
] as const

/** Channels of the committee and of a branch, sets in three rooms, what they played and who was there. */
export async function showTelevision(stage: Stage, plan: Plan): Promise<void> {
  const { author, programmes } = await openChannels(stage)
  await planEvenings(stage, author, programmes)
  for (const room of ROOMS) {
    const branch = plan.branches[room.branch]
    if (branch) await playIn(stage, branch, room, programmes)
  }
}

async function openChannels(stage: Stage) {
  const { app, now } = stage
  const [author] = stage.desks.allOfPost('party_worker', stage.rootId)
  if (!author) throw new Error('nobody makes the channels')
  const began = new Date(now.getTime() - 60 * DAY)
  const mediaId = await at(began, async () => {
    const bytes = readFileSync(CLIP)
    const fileId = await upload(await listening(app), author, { name: '党史故事样片.webm', purpose: 'media', bytes })
    const told = { title: '党史故事一百讲（样片）', source: '平台自制', copyright: '自制，可自由使用' }
    return (await author<Made>('POST', '/media', { fileId, durationSeconds: SECONDS, ...told })).id
  })
  // As every minute does: until then nothing plays, and nothing can be a programme.
  const making = MODULES.find(({ name }) => name === 'media')?.jobs?.find(({ name }) => name === 'media.make_waiting')
  await making?.run({ platform: app.http.platform, now, signal: new AbortController().signal })
  const programmes = await at(began, async () => {
    const channel = { name: '党员远程教育', about: '校党委面向各支部的教育频道，工作日晚上播出' }
    const { id } = await author<Made>('POST', '/television-channels', channel)
    const made: Made[] = []
    for (const title of ['党史故事：旗帜', '党史故事：誓言', '党史故事：岗位'])
      made.push(await author<Made>('POST', `/television-channels/${id}/programmes`, { mediaId, title }))
    return { channelId: id, ids: made.map((one) => one.id) }
  })
  return { author, programmes }
}

type Programmes = { readonly channelId: string; readonly ids: readonly string[] }

/** The next four Thursdays at seven in the evening, Shanghai time. */
async function planEvenings(
  { now }: Stage,
  author: Awaited<ReturnType<typeof openChannels>>['author'],
  { channelId, ids }: Programmes,
): Promise<void> {
  const today = new Date(Math.floor(now.getTime() / DAY) * DAY)
  const days = (4 - today.getUTCDay() + 7) % 7 || 7
  const startsAt = new Date(today.getTime() + days * DAY + 11 * 60 * MINUTE).toISOString()
  const body = { programmeId: ids[0], startsAt, weeks: 4 }
  await at(now, () => author('POST', `/television-channels/${channelId}/slots`, body))
}

async function tv<T>({ app }: Stage, path: string, payload: object): Promise<T> {
  const answer = await app.http.inject({ method: 'POST', url: `/api/v1/tv/${path}`, payload })
  if (answer.statusCode >= 300) throw new Error(`tv/${path}: ${answer.statusCode} ${answer.body}`)
  return answer.json() as T
}

async function playIn(
  stage: Stage,
  branch: Plan['branches'][number],
  room: (typeof ROOMS)[number],
  { ids }: Programmes,
): Promise<void> {
  const dayOf = (days: number) => new Date(stage.now.getTime() - days * DAY)
  const key = await at(dayOf(50), async () => {
    const shown = await tv<{ code: string; token: string }>(stage, 'pairings', {})
    const secretary = stage.desks.ofPost('branch_secretary', branch.id)
    await secretary('POST', '/television-sets', { code: shown.code, name: room.name, place: room.place })
    return (await tv<{ key: string }>(stage, 'pairings/ask', { token: shown.token })).key
  })
  for (const [place, days] of room.days.entries())
    await playOnce(stage, { key, branch }, ids[place % ids.length] as string, dayOf(days))
}

/** Begun, entered by some of the branch by the figures on the screen, and played to its end. */
async function playOnce(stage: Stage, { key, branch }: Set, programmeId: string, on: Date): Promise<void> {
  const airing = {
    id: randomUUID(),
    programmeId,
    slotId: null,
    beganAt: on.toISOString(),
    endedAt: null,
    isWhole: false,
  }
  const { room } = await at(on, () => tv<TvReport>(stage, 'reports', { key, airings: [airing] }))
  const code = room?.codes[0]?.figures
  const comers = branch.people.slice(0, 9)
  await at(on, async () => {
    for (const { memberId } of comers)
      await stage.desks.ofMember(memberId)?.('POST', `/my/television-rooms/${airing.id}/enter`, { code })
  })
  const end = new Date(on.getTime() + SECONDS * 1000)
  const ended = { ...airing, endedAt: end.toISOString(), isWhole: true }
  await at(end, () => tv<TvReport>(stage, 'reports', { key, airings: [ended] }))
}

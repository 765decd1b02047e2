import { withClient } from '../apps/server/src/platform/database-roles.ts'
import { plantPeople } from '../apps/server/src/test/planting.ts'
import { againstLimit, type Figure, RUNS } from './figure.ts'
import { type City, LARGE, openCity } from './scale.ts'

/** From sending until everybody of the sample sees it, and the 95th percentile of opening the inbox, in milliseconds. */
const LIMITS = { 'notice-fanout': 2000, inbox: 40 } as const
export const NOTICE_NAMES = Object.keys(LIMITS)

const READERS = 120
/** Notices that wait in everybody's inbox before anything is measured. */
const EARLIER = 30
const LEVELS = ['normal', 'important', 'urgent'] as const
const AT_ONCE = 8

type Stage = { readonly city: City; readonly cookies: readonly string[]; readonly topId: string; readonly desk: string }

/** Signs members of all parts of the city in, each with the own record. */
async function openStage(city: City): Promise<Stage> {
  const [top] = city.readers
  if (!top) throw new Error('nobody is signed in at the top')
  const cookies = await withClient(city.whole.adminUrl, async (client) => {
    await client.query('truncate notices_circular cascade')
    const { rows } = await client.query<Record<'id' | 'personId' | 'orgId' | 'path' | 'tenantId', string>>(
      `select m.id, m.person_id as "personId", m.org_id as "orgId", m.org_path as path, m.tenant_id as "tenantId"
       from members_member m where m.deleted_at is null and m.status = 'normal' and m.category = 'formal'
         and hashtext(m.id::text) % 5000 = 0 and not exists (select from access_person p where p.id = m.person_id) limit $1`,
      [READERS],
    )
    const posts = rows.map((row) => ({
      role: 'member' as const,
      unit: { id: row.orgId, path: row.path, name: '' },
      personId: row.personId,
      memberId: row.id,
    }))
    const people = await plantPeople(client, rows[0]?.tenantId ?? '', posts, new Date())
    return people.map(({ cookie }) => cookie)
  })
  return { city, cookies, topId: top.scope.id, desk: top.cookie }
}

async function send({ city, topId, desk }: Stage, title: string, at: number): Promise<string> {
  const targets = { orgIds: [topId], kinds: ['formal', 'probationary'], posts: [], levels: [] }
  const nobodyElse = { memberIds: [], exceptOrgIds: [], exceptMemberIds: [] }
  const body = {
    orgId: topId,
    title,
    body: `${title}，请按时完成。`,
    level: LEVELS[at % LEVELS.length],
    needsConfirm: at % 2 === 0,
  }
  const answer = await fetch(`${city.whole.url}/api/v1/notices`, {
    method: 'POST',
    headers: { cookie: desk, 'content-type': 'application/json' },
    body: JSON.stringify({
      ...body,
      answerKind: 'none',
      choices: [],
      fileIds: [],
      targets: { ...targets, ...nobodyElse },
    }),
  })
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  const sent = (await answer.json()) as { id: string; people: number }
  if (sent.people < LARGE.members / 2) throw new Error(`${sent.people} people are too few`)
  return sent.id
}

async function read({ city }: Stage, cookie: string, path: string): Promise<unknown> {
  const answer = await fetch(`${city.whole.url}/api/v1${path}`, { headers: { cookie } })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

async function untilSeen(stage: Stage, cookie: string, id: string): Promise<void> {
  for (;;) {
    const { rows } = (await read(stage, cookie, '/my/notices?limit=1')) as { rows: { id: string }[] }
    if (rows[0]?.id === id) return
  }
}

/** Milliseconds from before the notice is sent until the whole sample has it on top of the inbox. */
async function fanOut(stage: Stage, run: number): Promise<number> {
  const began = performance.now()
  const id = await send(stage, `全市通知 ${run}`, run)
  const left = [...stage.cookies]
  const look = async () => {
    for (let cookie = left.pop(); cookie !== undefined; cookie = left.pop()) await untilSeen(stage, cookie, id)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, look))
  const took = performance.now() - began
  const rows = await withClient(stage.city.whole.adminUrl, async (client) => {
    const { rows: counted } = await client.query<{ n: number }>(
      `select ((select count(*) from notices_receipt where circular_id = $1) + (select count(*) from notices_target where circular_id = $1)
        + (select count(*) from platform_event where subject_id = $1))::int as n`,
      [id],
    )
    return counted[0]?.n ?? 0
  })
  if (rows > 3) throw new Error(`a notice that nobody has read costs ${rows} rows`)
  return took
}

/** The 95th percentile over the list and the count of unread notices, as each of the sample opens them. */
async function inboxes(stage: Stage): Promise<number> {
  const times: number[] = []
  for (const cookie of stage.cookies)
    for (const path of ['/my/notices', '/my/notices/unread']) {
      const began = performance.now()
      await read(stage, cookie, path)
      times.push(performance.now() - began)
    }
  return times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? 0
}

/** Both figures at a million members, in the folder of the figures at scale. */
export async function noticeFigures(
  wanted: readonly string[],
  folder: string,
  say: (text: string) => void,
): Promise<Figure[]> {
  const city = await openCity(folder, LARGE, say)
  try {
    const stage = await openStage(city)
    for (let at = 0; at < EARLIER; at += 1) await send(stage, `通知 ${at}`, at)
    await inboxes(stage)
    const figures: Figure[] = []
    for (const [name, measure] of [
      ['notice-fanout', fanOut],
      ['inbox', inboxes],
    ] as const) {
      if (!wanted.includes(name)) continue
      say(`measuring ${name} at ${LARGE.members} members …`)
      const runs: number[] = []
      for (let run = 0; run < RUNS; run += 1) runs.push(await measure(stage, run))
      figures.push(againstLimit(name, 'ms', LIMITS[name], runs))
    }
    return figures
  } finally {
    await city.whole.stop()
  }
}

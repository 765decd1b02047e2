import { randomUUID } from 'node:crypto'
import type { TvReport } from '@tongxin/contract'
import { type Client, type Fixture, NOW, type OrgKey } from './fixture.ts'

/** Media, sets and what sets tell, for tests: media are written past the policies, everything else goes through HTTP. */
export const minutes = (n: number): Date => new Date(NOW.getTime() + n * 60_000)

/** A medium of ten minutes that plays as it was uploaded. */
export async function plantMedium(
  f: Fixture,
  org: OrgKey,
  more: { seconds?: number | null; title?: string } = {},
): Promise<string> {
  const id = randomUUID()
  const unit = f.orgs[org]
  const served = {
    fileId: randomUUID(),
    name: 'a.webm',
    mediaType: 'video/webm',
    bytes: 10,
    sha256: 'a'.repeat(64),
    scanned: true,
  }
  await f.admin
    .insertInto('media_item')
    .values({
      tenant_id: f.tenantId,
      id,
      unit_id: unit.id,
      org_path: unit.path,
      kind: 'video',
      title: more.title ?? '党史故事一百讲',
      source: '本校录制',
      copyright: '自制',
      state: 'original',
      served: JSON.stringify(served),
      declared_seconds: more.seconds === undefined ? 600 : more.seconds,
      created_by: randomUUID(),
      created_at: NOW,
      updated_at: NOW,
    } as never)
    .execute()
  return id
}

/** A set asks: without a session, with its key in the body. */
export const askAsSet = <T>(f: Fixture, path: string, body: object) => f.stranger.send<T>('POST', `/tv/${path}`, body)

/** From the code on the screen to the key of the set. */
export async function pairedSet(
  f: Fixture,
  client: Client,
  name: string,
  more: object = {},
): Promise<{ id: string; key: string }> {
  const shown = (await askAsSet<{ code: string; token: string }>(f, 'pairings', {})).body
  const body = { code: shown.code, name, ...more }
  const made = await client.send<{ id: string }>('POST', '/television-sets', body)
  if (made.status !== 200) throw new Error(JSON.stringify(made.body))
  const asked = await askAsSet<{ key: string }>(f, 'pairings/ask', { token: shown.token })
  return { id: made.body.id, key: asked.body.key }
}

export type ToldAiring = {
  id: string
  programmeId: string
  slotId: string | null
  beganAt: string
  endedAt: string | null
  isWhole: boolean
}
/** An airing as a set tells of it, begun so many minutes after the fixture's now. */
export const airing = (programmeId: string, began: number, more: Partial<ToldAiring> = {}): ToldAiring => ({
  id: randomUUID(),
  programmeId,
  slotId: null,
  beganAt: minutes(began).toISOString(),
  endedAt: null,
  isWhole: false,
  ...more,
})

export const report = (f: Fixture, key: string, airings: readonly ToldAiring[], hasMore?: boolean) =>
  askAsSet<TvReport>(f, 'reports', { key, airings, ...(hasMore === undefined ? {} : { hasMore }) })

import { withClient } from '../apps/server/src/platform/database-roles.ts'
import { masterKey, openVault } from '../apps/server/src/platform/vault.ts'
import { type Installation, openInstallation } from '../apps/server/src/test/installation.ts'
import {
  type Member,
  type Person,
  type Planted,
  plantMembers,
  plantPeople,
  plantTree,
} from '../apps/server/src/test/planting.ts'
import { startProgram } from './programs.ts'

export const MEMBERS = 100_000
const BRANCHES = 500
const READERS = 8

/** An installation with 100,000 members and people signed in, opened when the first figure needs it. */
export type Stage = {
  readonly whole: Installation
  readonly planted: Planted
  readonly members: readonly Member[]
  readonly readers: readonly Person[]
  readonly floorUrl: string
  close(): Promise<void>
}

export async function openStage(say: (text: string) => void): Promise<Stage> {
  say('starting an installation …')
  const whole = await openInstallation()
  try {
    say(`planting ${MEMBERS} members …`)
    const now = new Date()
    const { planted, members, readers } = await withClient(whole.adminUrl, async (client) => {
      const planted = await plantTree(client, BRANCHES, now)
      const members = await plantMembers(client, openVault(masterKey(whole.dataDir)), planted, MEMBERS, now)
      const posts = Array.from({ length: READERS }, () => ({ role: 'committee_admin' as const, unit: planted.root }))
      const readers = await plantPeople(client, planted.tenantId, posts, now)
      await client.query('vacuum analyze')
      await client.query('checkpoint')
      return { planted, members, readers }
    })
    const floor = await startProgram('floor.ts', [whole.adminUrl, whole.dataDir, planted.tenantId])
    const close = async () => {
      floor.stop()
      await whole.remove()
    }
    return { whole, planted, members, readers, floorUrl: floor.said, close }
  } catch (error) {
    await whole.remove()
    throw error
  }
}

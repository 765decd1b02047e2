import { withClient } from '../../apps/server/src/platform/database-roles.ts'
import { masterKey, openVault } from '../../apps/server/src/platform/vault.ts'
import { openInstallation } from '../../apps/server/src/test/installation.ts'
import { plantMeeting, plantMembers, plantPeople, plantTree } from '../../apps/server/src/test/planting.ts'

/** A running installation on loopback with thirty members, one meeting and two people signed in. */
export type Target = {
  readonly url: string
  /** Session of an administrator of the whole committee. */
  readonly cookie: string
  /** Session of a member who is called to the meeting. */
  readonly memberCookie: string
  readonly memberId: string
  readonly meetingId: string
}

/** Runs `work` against an installation of its own, gone afterwards. `command` as in `openInstallation`. */
export async function withTarget<T>(work: (target: Target) => Promise<T>, command?: readonly string[]): Promise<T> {
  const whole = await openInstallation(command ? { command } : {})
  try {
    const now = new Date()
    const planted = await withClient(whole.adminUrl, async (client) => {
      const tree = await plantTree(client, 3, now)
      const members = await plantMembers(client, openVault(masterKey(whole.dataDir)), tree, 30, now)
      const [first] = members
      if (!first) throw new Error('no member was planted')
      const [officer, member] = await plantPeople(
        client,
        tree.tenantId,
        [
          { role: 'committee_admin', unit: tree.root },
          { role: 'member', unit: first.unit, memberId: first.id, personId: first.personId },
        ],
        now,
      )
      const meetingId = await plantMeeting(client, tree, members, now)
      return { cookie: officer?.cookie ?? '', memberCookie: member?.cookie ?? '', memberId: first.id, meetingId }
    })
    return await work({ url: whole.url, ...planted })
  } finally {
    await whole.remove()
  }
}

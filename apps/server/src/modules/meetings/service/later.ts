import { todayOf } from '../../../platform/clock.ts'
import type { Platform } from '../../../platform/platform.ts'
import { inSystemTransaction } from '../../../platform/transaction.ts'
import { settingOf } from '../../settings/index.ts'
import { pathsOfMeetings } from '../queries/meetings.queries.ts'

/**
 * Of meetings for which a code arrived later than it was shown: those whose organisation does not take it, as set on
 * the day the code was on the screen. Asked only for such codes, so a hall that checks in at once pays nothing.
 */
export async function notTakenLater(
  platform: Pick<Platform, 'db'>,
  place: { readonly tenantId: string; readonly scope: string },
  late: readonly { readonly meetingId: string; readonly at: Date }[],
): Promise<ReadonlySet<string>> {
  const refused = new Set<string>()
  if (late.length === 0) return refused
  const days = new Map(late.map(({ meetingId, at }) => [meetingId, todayOf(at)]))
  await inSystemTransaction(platform, place, async (tx) => {
    for (const { id, orgPath } of await pathsOfMeetings(tx, place.tenantId, [...days.keys()])) {
      const on = days.get(id) as string
      if (!(await settingOf(tx, place.tenantId, orgPath, 'meetings.offline_check_in', on))) refused.add(id)
    }
  })
  return refused
}

import type { MeetingPlan, SettingName } from '@tongxin/contract'
import type { Ctx, Tx } from '../../../platform/ctx.ts'
import { settingOf } from '../../settings/index.ts'
import type { NewMeeting } from '../queries/meetings.queries.ts'

export type CheckInWindow = Pick<NewMeeting, 'opensBefore' | 'closesAfter' | 'leaveBefore'>

/** When the code is taken and until when leave is asked: as planned, else as before, else as the organisation has set it. */
export async function windowFor(
  { db, actor }: Ctx<Tx>,
  orgPath: string,
  on: string,
  body: MeetingPlan,
  before: CheckInWindow | null,
): Promise<CheckInWindow> {
  const usual = (code: SettingName & `meetings.${string}_minutes${string}`) =>
    settingOf(db, actor.tenantId, orgPath, code, on)
  return {
    opensBefore: body.opensBefore ?? before?.opensBefore ?? (await usual('meetings.check_in_before_minutes')),
    closesAfter: body.closesAfter ?? before?.closesAfter ?? (await usual('meetings.check_in_after_minutes')),
    leaveBefore: body.leaveBefore ?? before?.leaveBefore ?? (await usual('meetings.leave_minutes_before')),
  }
}

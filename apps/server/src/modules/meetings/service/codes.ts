import { qrRows } from '../../../platform/qr-rows.ts'
import { figuresOf, STEP_MS, stepOf, tokenOf } from '../../../platform/rotating-codes.ts'
import { type CheckInServer, checkInKey } from './check-in.ts'

export type MeetingCode = {
  readonly figures: string
  readonly url: string
  readonly qr: string
  readonly from: string
  readonly until: string
}

/** The running code of a meeting and those after it, `many` in all, for every screen that shows them. */
export function codesOf(
  server: CheckInServer & { readonly publicOrigin: string },
  meetingId: string,
  now: Date,
  many: number,
): MeetingCode[] {
  const key = checkInKey(server)
  const first = stepOf(now)
  return Array.from({ length: many }, (_, ahead) => {
    const step = first + ahead
    const url = `${server.publicOrigin}/check-in?m=${meetingId}&c=${tokenOf(key, meetingId, step)}`
    return {
      figures: figuresOf(key, meetingId, step),
      url,
      qr: qrRows(url),
      from: new Date(step * STEP_MS).toISOString(),
      until: new Date((step + 1) * STEP_MS).toISOString(),
    }
  })
}

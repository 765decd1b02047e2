import type { TransferRecord, TransferRow } from '@tongxin/contract/transfers'
import type { TransferAct, TransferState } from '@tongxin/contract/transfers.words'
import type { LampState } from '@tongxin/ui'

const STATE_LAMPS: Readonly<Record<TransferState, LampState>> = {
  draft: 'idle',
  branch_agreed: 'info',
  committee_approved: 'info',
  department_approved: 'info',
  awaiting: 'info',
  received: 'ok',
  returned: 'late',
  revoked: 'idle',
  expired: 'late',
}
const CLOCKS = { green: 'info', yellow: 'warn', red: 'late' } as const

/** The state as a lamp: while a letter is on its way its clock decides. A settled letter is history. */
export function lampOf(row: Pick<TransferRow, 'state' | 'lamp'>): LampState {
  if (row.lamp) return CLOCKS[row.lamp]
  return row.state === 'expired' ? 'idle' : STATE_LAMPS[row.state]
}

/** What has to happen next in the usual course; null when nothing has. */
export function nextActOf(one: Pick<TransferRecord, 'state' | 'direction' | 'needsDepartment'>): TransferAct | null {
  const issue = one.direction === 'in' ? 'receive' : 'issue'
  switch (one.state) {
    case 'draft':
      return 'agree'
    case 'branch_agreed':
      return 'approve'
    case 'committee_approved':
      return one.needsDepartment ? 'approve_department' : issue
    case 'department_approved':
      return issue
    case 'awaiting':
      return 'receive'
    case 'expired':
      return 'renew'
    default:
      return null
  }
}

/** The road of a transfer, for showing how far it has come. */
export function roadOf(one: Pick<TransferRecord, 'direction' | 'needsDepartment'>): readonly TransferAct[] {
  if (one.direction === 'in') return ['agree', 'approve', 'receive']
  return ['agree', 'approve', ...(one.needsDepartment ? (['approve_department'] as const) : []), 'issue', 'receive']
}

/** Rows pasted from a spreadsheet: number or name, destination, month of dues; separated by tabs or commas. */
export function pastedPeople(text: string): readonly {
  readonly memberNo?: string
  readonly name?: string
  readonly toName?: string
  readonly duesPaidUntil?: string
}[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.split(/\t|,|，/).map((cell) => cell.trim()))
    .filter(([first = '']) => first !== '')
    .map(([who = '', toName = '', dues = '']) => ({
      ...(/^[A-Za-z]{0,4}\d{6,}$/.test(who) ? { memberNo: who.toUpperCase() } : { name: who }),
      ...(toName ? { toName } : {}),
      ...(/^\d{4}-(0[1-9]|1[0-2])$/.test(dues) ? { duesPaidUntil: dues } : {}),
    }))
}

/** The years for which a stub is kept are over on this day (MEM-10). */
export const stubKeptUntil = (issuedOn: string): string => `${Number(issuedOn.slice(0, 4)) + 10}${issuedOn.slice(4)}`

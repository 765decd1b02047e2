import { attendanceSheet } from './documents/attendance-sheet.ts'
import { meetingNotice } from './documents/meeting-notice.ts'
import { memberForm } from './documents/member-form.ts'
import { memberRoster } from './documents/member-roster.ts'
import { minutes } from './documents/minutes.ts'
import { organisationForm } from './documents/organisation-form.ts'
import { paper } from './documents/paper.ts'
import { register } from './documents/register.ts'
import { transferLetters, transferReceipts } from './documents/transfer-letters.ts'
import { docxOf } from './docx/sheet.ts'
import type { Sheet } from './forms.sheet.ts'
import type { PrintOrder } from './forms.types.ts'
import { pdfOf } from './pdf/sheet.ts'
import { slipsPdf } from './pdf/slips.ts'

function sheetOf(order: Exclude<PrintOrder, { kind: 'activation_slips' }>): Sheet {
  switch (order.kind) {
    case 'attendance_sheet':
      return attendanceSheet(order.facts)
    case 'minutes':
      return minutes(order.facts)
    case 'meeting_notice':
      return meetingNotice(order.facts)
    case 'member_roster':
      return memberRoster(order.facts)
    case 'register':
      return register(order.facts)
    case 'paper':
      return paper(order.facts)
    case 'member_form':
      return memberForm(order.facts)
    case 'organisation_form':
      return organisationForm(order.facts)
    case 'transfer_letters':
      return transferLetters(order.facts)
    case 'transfer_receipts':
      return transferReceipts(order.facts)
  }
}

/** The file of one order. Pure, but takes up to a second for long lists: the server goes through `printForm`. */
export async function renderForm(order: PrintOrder): Promise<Uint8Array> {
  if (order.kind === 'activation_slips') return slipsPdf(order.facts)
  const sheet = sheetOf(order)
  return order.format === 'pdf' ? pdfOf(sheet) : docxOf(sheet)
}

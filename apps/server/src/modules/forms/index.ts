export type { PaperBlock } from './forms.blocks.ts'
export { closePrinter, printForm } from './forms.printer.ts'
export type {
  AttendanceCounts,
  FormFormat,
  MeetingFacts,
  MemberForm,
  MemberRoster,
  Minutes,
  OrganisationForm,
  Paper,
  PrintOrder,
  TransferLetters,
  TransferReceipts,
} from './forms.types.ts'

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
  PaperBlock,
  PrintOrder,
  TransferLetters,
  TransferReceipts,
} from './forms.types.ts'

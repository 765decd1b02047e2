export { closePrinter, printForm } from './forms.printer.ts'
export type {
  ActivationSlips,
  AttendanceCounts,
  AttendanceMark,
  AttendanceSheet,
  FormFormat,
  FormKind,
  FormLanguage,
  MeetingFacts,
  MeetingNotice,
  MemberForm,
  MemberFormField,
  MemberRoster,
  Minutes,
  OrganisationForm,
  PrintOrder,
} from './forms.types.ts'

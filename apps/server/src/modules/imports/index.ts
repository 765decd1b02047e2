export {
  type JudgedRow,
  judgeRosterFile,
  openRosterFile,
  type RosterFile,
  type RosterFileOptions,
  type RosterReport,
} from './roster-file.ts'

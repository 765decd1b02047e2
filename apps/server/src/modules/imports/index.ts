export { errorWorkbook } from './error-workbook.ts'
export {
  judgeRosterFile,
  openRosterFile,
  type RosterFile,
  type RosterFileOptions,
  type RosterReport,
} from './roster-file.ts'
export { rosterTemplate } from './roster-template.ts'
export { rowWords } from './row-words.ts'

import { importRefusals } from '@tongxin/contract/imports'
import {
  absentColumns,
  findOrganisationTable,
  type JudgedRow,
  type OrganisationRow,
  openRoster,
  type Roster,
  type RosterChoice,
  type RosterTally,
  tallyRoster,
} from '@tongxin/domain/roster/index'
import { openSpreadsheet, type Spreadsheet } from '../../platform/spreadsheet/read.ts'

export type RosterFileOptions = {
  /** Today in Asia/Shanghai. */
  readonly today: string
  /** Branches already registered; those of the workbook's own sheet are added. */
  readonly knownBranches: readonly string[]
  readonly choice?: RosterChoice
}

/** A roster file whose sheet and columns are recognised. Consume `judged` once, then close it. */
export type RosterFile = {
  readonly roster: Roster
  readonly organisations: readonly OrganisationRow[]
  /** Member rows in order, in batches. */
  readonly judged: () => AsyncGenerator<readonly JudgedRow[]>
  readonly close: () => Promise<void>
}

/** Opens a roster file and finds its table; refuses with `importRefusals`. */
export async function openRosterFile(path: string, options: RosterFileOptions): Promise<RosterFile> {
  const spreadsheet = await openSpreadsheet(path)
  try {
    const organisations = await organisationsOf(spreadsheet)
    const roster = rosterOf(spreadsheet, organisations, options)
    return {
      roster,
      organisations,
      judged: () => judgedRows(spreadsheet, roster),
      close: () => spreadsheet.close(),
    }
  } catch (error) {
    await spreadsheet.close()
    throw error
  }
}

async function* judgedRows(spreadsheet: Spreadsheet, roster: Roster): AsyncGenerator<readonly JudgedRow[]> {
  for await (const rows of spreadsheet.rowsOf(roster.sheetIndex)) {
    const judged: JudgedRow[] = []
    for (const written of rows) {
      const row = roster.judge(written)
      if (row !== null) judged.push(row)
    }
    if (judged.length > 0) yield judged
  }
}

async function organisationsOf(spreadsheet: Spreadsheet): Promise<OrganisationRow[]> {
  const table = findOrganisationTable(spreadsheet.heads)
  const organisations: OrganisationRow[] = []
  if (table === null) return organisations
  for await (const rows of spreadsheet.rowsOf(table.sheetIndex)) {
    for (const row of rows) {
      const organisation = table.read(row)
      if (organisation !== null) organisations.push(organisation)
    }
  }
  return organisations
}

function rosterOf(
  spreadsheet: Spreadsheet,
  organisations: readonly OrganisationRow[],
  options: RosterFileOptions,
): Roster {
  const { today, choice } = options
  const sheets = spreadsheet.heads.map(({ name }) => name ?? '')
  if (choice?.sheet !== undefined && !sheets.includes(choice.sheet)) {
    throw importRefusals.sheet_missing({ sheet: choice.sheet, found: sheets })
  }
  const opening = openRoster(spreadsheet.heads, {
    today,
    knownBranches: [...new Set([...options.knownBranches, ...organisations.map(({ name }) => name)])],
    aliases: Object.fromEntries(
      organisations.flatMap(({ name, shortName }) => (shortName === null ? [] : [[shortName, name]])),
    ),
    ...(choice === undefined ? {} : { choice }),
  })
  if (!opening.ok) throw importRefusals[opening.fault.code]({ found: opening.fault.found })
  return opening.roster
}

/** What a dry run reports, in the shape that `import-roster --json` prints. */
export type RosterReport = {
  readonly file: string
  readonly sheet: string | null
  readonly organisations: number
  readonly members: number
  readonly totals: RosterTally['totals']
  readonly rows: RosterTally['rows']
  readonly details: {
    readonly headingRow: number
    readonly columns: Readonly<Record<string, string>>
    readonly absentColumns: readonly string[]
    readonly branchFrom: Roster['branchFrom']
    /** False on a new installation whose file lists no organisations: branch names are then taken as written. */
    readonly branchesCompared: boolean
    readonly remarks: RosterTally['remarks']
    readonly unlistedRemarks: number
  }
}

/** Judges a whole file and writes nothing. `file` is its base name for the report. */
export async function judgeRosterFile(path: string, file: string, options: RosterFileOptions): Promise<RosterReport> {
  const opened = await openRosterFile(path, options)
  try {
    const { add, tally } = tallyRoster()
    for await (const rows of opened.judged()) for (const { judgement } of rows) add(judgement)
    const { members, totals, rows, remarks, unlistedRemarks } = tally()
    const { header, sheetName, branchFrom } = opened.roster
    const columns = Object.fromEntries(
      Object.entries(header.columns).map(([field, column]) => [field, header.headings[column] ?? '']),
    )
    return {
      file,
      sheet: sheetName,
      organisations: opened.organisations.length,
      members,
      totals,
      rows,
      details: {
        headingRow: header.lastRow,
        columns,
        absentColumns: absentColumns(header.columns),
        branchFrom,
        branchesCompared: options.knownBranches.length + opened.organisations.length > 0,
        remarks,
        unlistedRemarks,
      },
    }
  } finally {
    await opened.close()
  }
}

import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { importRefusals } from '@tongxin/contract/imports'
import { judgeRosterFile, type RosterReport, rowWords } from '../modules/imports/index.ts'
import { todayOf } from '../platform/clock.ts'
import { type Run, type Terminal, UsageError } from './terminal.ts'

/**
 * `import-roster FILE --dry-run [--sheet NAME] [--json]`: judges a roster and writes nothing, so it works before set-up
 * and needs no database. Without known organisations only those of the workbook's own sheet are compared.
 */
export const run: Run = async (args, terminal) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean' },
      as: { type: 'string' },
      json: { type: 'boolean' },
      sheet: { type: 'string' },
    },
  })
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) throw new UsageError(terminal.text('import-roster.one_file'))
  if (values['dry-run'] !== true) throw importRefusals.commit_unavailable()
  const report = await judgeRosterFile(resolve(terminal.cwd, file), basename(file), {
    today: todayOf(new Date()),
    knownBranches: [],
    ...(values.sheet === undefined ? {} : { choice: { sheet: values.sheet } }),
  })
  terminal.answer(values.json === true ? JSON.stringify(report, null, 2) : inWords(report, terminal))
  return 0
}

function inWords(report: RosterReport, terminal: Terminal): string {
  const wordsOf = rowWords(terminal.language)
  const { file, sheet, members, totals, rows, details } = report
  return [
    terminal.text('import-roster.counts', {
      file,
      sheet: sheet ?? terminal.text('import-roster.no_sheet'),
      members,
      ...totals,
    }),
    ...(details.branchesCompared ? [] : [terminal.text('import-roster.branches_taken')]),
    ...rows.map(({ row, outcome, problems }) =>
      terminal.text('import-roster.row', {
        row,
        outcome: terminal.text(`import-roster.${outcome}`),
        problems: (problems.length > 0 ? problems : ['name.missing']).map(wordsOf).join(' '),
      }),
    ),
  ].join('\n')
}

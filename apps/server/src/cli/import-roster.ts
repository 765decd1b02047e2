import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { importRefusals } from '@tongxin/contract/imports'
import type { RosterChoice } from '@tongxin/domain/roster/index'
import {
  branchesOf,
  judgeRosterFile,
  makeBatch,
  makerNamed,
  type RosterReport,
  rowWords,
} from '../modules/imports/index.ts'
import { todayOf } from '../platform/clock.ts'
import { loadConfig } from '../platform/config.ts'
import { openLog } from '../platform/log.ts'
import { migrate } from '../platform/migrate.ts'
import { silentLog } from '../platform/runtime-log.ts'
import { type Run, type Terminal, UsageError } from './terminal.ts'
import { withDatabase } from './with-database.ts'

/**
 * `import-roster FILE --dry-run [--sheet NAME] [--json]`: judges a roster and writes nothing, so it works before set-up
 * and needs no database. Without known organisations only those of the workbook's own sheet are compared.
 * `import-roster FILE --as MAKER`: makes a batch in the name of the person with that sign-in name, which then waits for
 * a second person. Nobody is registered by a command alone.
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
  const path = resolve(terminal.cwd, file)
  const choice = values.sheet === undefined ? {} : { choice: { sheet: values.sheet } }
  const judge = (knownBranches: readonly string[]) =>
    judgeRosterFile(path, basename(file), { today: todayOf(new Date()), knownBranches, ...choice })
  if (values['dry-run'] === true) {
    const report = await judge([])
    terminal.answer(values.json === true ? JSON.stringify(report, null, 2) : inWords(report, terminal))
    return 0
  }
  if (values.as === undefined) throw importRefusals.commit_unavailable()
  const made = await make(values.as, { path, name: basename(file), ...choice }, judge)
  const details = { ...made.report.details, batch: made.batch.id, people: made.batch.people }
  if (values.json === true) terminal.answer(JSON.stringify({ ...made.report, details }, null, 2))
  else {
    terminal.answer(inWords(made.report, terminal))
    terminal.answer(terminal.text('import-roster.made', { batch: made.batch.id, people: made.batch.people }))
  }
  return 0
}

type Source = { readonly path: string; readonly name: string; readonly choice?: RosterChoice }

/** Works beside a running server or with a database of its own; the tables must be there already. */
async function make(
  maker: string,
  { choice = {}, ...file }: Source,
  judge: (knownBranches: readonly string[]) => Promise<RosterReport>,
): Promise<{ report: RosterReport; batch: { id: string; people: number } }> {
  const config = loadConfig()
  return withDatabase(config, async ({ appUrl, ownerUrl, isRunning }) => {
    if (!isRunning) await migrate(ownerUrl, silentLog)
    // The whole server is loaded only where it is needed: a dry run starts at once.
    const { createApp } = await import('../app.ts')
    const app = await createApp({ config, database: { appUrl }, log: openLog('error') })
    try {
      const { platform } = app.http
      const now = new Date()
      const actor = await makerNamed(platform, maker, now)
      const report = await judge(await branchesOf(platform, actor))
      return { report, batch: await makeBatch(platform, actor, { ...file, choice }, now) }
    } finally {
      await app.close()
    }
  })
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

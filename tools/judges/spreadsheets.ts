import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { writeXlsx } from '../../apps/server/src/platform/spreadsheet/write.ts'
import { type Judge, ROOT, run } from './judge.ts'

const ACCEPTANCE = join(ROOT, 'test-data/acceptance')
const ROWS = 10_000

/** Runs `work` in a folder of its own, gone afterwards. */
async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'tongxin-office-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** LibreOffice writes `file` anew in another format, with a profile of its own. @returns the path of what it wrote */
export function convert(file: string, format: string, folder: string): string {
  const args = [
    `-env:UserInstallation=file://${folder}/profile`,
    '--headless',
    '--convert-to',
    format,
    '--outdir',
    join(folder, 'out'),
    file,
  ]
  const { said } = run('soffice', args)
  const written = join(folder, 'out', `${basename(file).replace(/\.[^.]+$/, '')}.${format.split(':')[0]}`)
  if (!existsSync(written)) throw new Error(`LibreOffice wrote nothing: ${said}`)
  return written
}

type Report = { totals: object; rows: object[] }

/** Whether our dry run of a workbook says what the expected file says. */
function readsAsExpected(file: string): boolean {
  const expected = JSON.parse(readFileSync(join(ACCEPTANCE, 'roster-campus.expected.json'), 'utf8')) as Report
  const { status, stdout } = runCli(['import-roster', file, '--dry-run', '--json'])
  if (status !== 0) {
    console.log(stdout)
    return false
  }
  const { totals, rows } = JSON.parse(stdout) as Report
  const isSame = JSON.stringify({ totals, rows }) === JSON.stringify({ totals: expected.totals, rows: expected.rows })
  if (!isSame) console.log(`${basename(file)}: ${JSON.stringify(totals)}`)
  return isSame
}

function runCli(args: readonly string[]): { status: number | null; stdout: string } {
  const { status, said } = run(process.execPath, [join(ROOT, 'apps/server/src/cli/main.ts'), ...args], {
    NODE_NO_WARNINGS: '1',
  })
  return { status, stdout: said.slice(said.indexOf('{')) }
}

const DANGEROUS = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠', '=cmd|', '"=']

/** Our export of text that would be a formula, and of 18-digit numbers, 10,000 rows. */
async function dangerousExport(file: string): Promise<string[]> {
  const rows = Array.from({ length: ROWS }, (_, at) => ({
    name: `${DANGEROUS[at % DANGEROUS.length]}HYPERLINK("http://127.0.0.1/${at}","x")`,
    number: `11010119900307${String(at).padStart(4, '0')}`,
  }))
  const columns = [
    { header: '姓名', key: 'name', width: 20, text: true },
    { header: '公民身份号码', key: 'number', width: 24, text: true },
  ]
  writeFileSync(file, await writeXlsx({ sheets: [{ name: '名册', columns, rows }] } as never))
  return rows.map((row) => row.number)
}

const formulasIn = (flat: string): number => readFileSync(flat, 'utf8').match(/table:formula=/g)?.length ?? 0

/** LibreOffice and Gnumeric as other writers of what we read, and as readers of what we write. */
export const spreadsheets: Judge = {
  name: 'spreadsheets',
  packages: ['libreoffice-calc', 'gnumeric'],
  missing: () =>
    existsSync('/usr/bin/soffice') &&
    existsSync('/usr/lib/libreoffice/program/libsclo.so') &&
    existsSync('/usr/bin/ssconvert')
      ? null
      : 'LibreOffice Calc and Gnumeric',
  refusesFault: () =>
    inFolder(async (folder) => {
      // The same dangerous text without our neutralising: LibreOffice must find the formula.
      const file = join(folder, 'planted.csv')
      writeFileSync(file, '姓名\n=1+1\n')
      return formulasIn(convert(file, 'fods', folder)) === 1
    }),
  accepts: () =>
    inFolder(async (folder) => {
      const original = join(folder, 'campus.xlsx')
      copyFileSync(join(ACCEPTANCE, 'roster-campus.xlsx'), original)
      const again = join(folder, 'gnumeric.xlsx')
      run('ssconvert', [original, again])
      const isRead = [convert(original, 'xlsx', folder), again].map(readsAsExpected)
      const exported = join(folder, 'export.xlsx')
      const numbers = await dangerousExport(exported)
      const flat = convert(exported, 'fods', folder)
      const text = readFileSync(flat, 'utf8')
      const lost = numbers.filter((number) => !text.includes(`>${number}<`))
      console.log(`formulas ${formulasIn(flat)}, numbers lost ${lost.length} of ${numbers.length}`)
      return isRead.every(Boolean) && formulasIn(flat) === 0 && lost.length === 0
    }),
}

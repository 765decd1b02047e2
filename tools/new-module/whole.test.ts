import { execFileSync, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectFiles, ROOT } from '../arch/project-files.ts'

/** A copy of the whole project, because the tool changes it: files by value, installed packages by link. */
const copy = join(realpathSync(mkdtempSync(join(tmpdir(), 'tongxin-slice-'))), 'project')
const SLOW = 240_000
/** What the slice is asked: its own tests with every `npm test`, everything that reads it by the judge of endurance. */
const ASKED =
  process.env.TEST_NEW_MODULE === 'whole'
    ? {
        projects: ['.', 'apps/admin-web', 'apps/member-web'],
        // Whether a moved unit takes the rows of the slice along is asked by the tests of the organisation.
        tests: ['sample.test.ts', 'org.move.test.ts', 'arch/scale.test.ts', 'arch/texts.test.ts', 'paths.test.ts'],
      }
    : { projects: [], tests: ['sample.test.ts', 'paths.test.ts'] }
// The runs inside must not report as if they were this one.
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')))

function copyProject(): void {
  for (const file of projectFiles()) cpSync(join(ROOT, file), join(copy, file), { recursive: true })
  linkPackages('')
  const workspaces = projectFiles('*/package.json').map(dirname)
  for (const folder of workspaces) if (existsSync(join(ROOT, folder, 'node_modules'))) linkPackages(folder)
  execFileSync('git', ['init', '-q'], { cwd: copy })
}

function linkPackages(folder: string): void {
  const [from, to] = [join(ROOT, folder, 'node_modules'), join(copy, folder, 'node_modules')]
  mkdirSync(join(to, '@tongxin'), { recursive: true })
  for (const name of readdirSync(from))
    if (name !== '@tongxin' && name !== '.vite') symlinkSync(join(from, name), join(to, name))
  const own = join(from, '@tongxin')
  // Our own packages are links into the tree: the same links in the copy lead into the copy.
  if (existsSync(own))
    for (const name of readdirSync(own)) symlinkSync(readlinkSync(join(own, name)), join(to, '@tongxin', name))
}

const run = (program: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: copy,
    env,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return { status, said: stdout + stderr }
}
const tongxin = (...args: string[]) => run(process.execPath, 'apps/server/src/cli/main.ts', ...args)
const bin = (name: string) => join(ROOT, 'node_modules/.bin', name)

function contents(): Map<string, string> {
  const listed = execFileSync('git', ['ls-files', '-z', '--others', '--exclude-standard'], {
    cwd: copy,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return new Map(
    listed
      .split('\0')
      .filter((file) => file && !/\.(png|xlsx)$/.test(file))
      .map((file) => [file, readFileSync(join(copy, file), 'latin1')]),
  )
}

describe('npx tongxin new-module', () => {
  let before: Map<string, string>
  beforeAll(() => {
    copyProject()
    before = contents()
  }, SLOW)
  afterAll(() => rmSync(dirname(copy), { recursive: true, force: true }))

  it('refuses a name that is taken, impossible or missing, and writes nothing', () => {
    const taken = tongxin('new-module', 'org')
    expect(taken.status).toBe(1)
    expect(taken.said).toContain('runtime.module_refused')
    expect(tongxin('new-module', 'Not-A-Name').status).toBe(1)
    expect(tongxin('new-module', 'sample', '--remove').status).toBe(1)
    expect(tongxin('new-module').status).toBe(2)
    expect(contents()).toEqual(before)
  })

  it(
    'writes a slice whose tests hold',
    () => {
      const written = tongxin('new-module', 'sample')
      expect(written.said).toContain('apps/server/src/modules/sample/sample.test.ts')
      expect(written.status).toBe(0)
      for (const project of ASKED.projects) {
        expect(
          run(bin('tsc'), '--singleThreaded', '-p', project)
            .said.split('\n')
            .filter((line) => line.includes('ample')),
        ).toEqual([])
      }
      const tests = run(bin('vitest'), 'run', ...ASKED.tests)
      for (const file of ASKED.tests) expect(tests.said).toContain(file)
      if (tests.status !== 0) expect(tests.said).toBe('')
    },
    SLOW,
  )

  it(
    'takes it back without a trace',
    () => {
      expect(tongxin('new-module', 'sample', '--remove').status).toBe(0)
      const after = contents()
      const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
        (file) => before.get(file) !== after.get(file),
      )
      expect(changed).toEqual([])
      expect(existsSync(join(copy, 'apps/server/src/modules/sample'))).toBe(false)
    },
    SLOW,
  )
})

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { projectFiles, ROOT } from './project-files.ts'

const FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies'] as const
type Manifest = { readonly [F in (typeof FIELDS)[number]]?: Readonly<Record<string, string>> }

const named = projectFiles('package.json', '*/package.json')
  .filter((file) => !file.startsWith('tools/arch/trespass'))
  .map((file) => JSON.parse(readFileSync(`${ROOT}/${file}`, 'utf8')) as Manifest)
  .flatMap((manifest) => FIELDS.flatMap((field) => Object.entries(manifest[field] ?? {})))
  .filter(([name]) => !name.startsWith('@tongxin/'))

describe('packages', () => {
  it('are explained in docs/dependencies.md, each and no other, in order', () => {
    const rows = readFileSync(`${ROOT}/docs/dependencies.md`, 'utf8').matchAll(
      /^\| `?([@\w./-]+)`? \| (.+) \| (.+) \|$/gm,
    )
    const explained = [...rows].map(([, name = '']) => name).filter((name) => name !== 'package')
    expect(explained).toEqual([...new Set(named.map(([name]) => name))].sort())
  })

  it('are pinned exactly', () => {
    expect(named.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
  })
})

// @vitest-environment node
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Node, parse } from 'acorn'
import { build, type Rollup } from 'vite'
import { beforeAll, describe, expect, it } from 'vitest'

/** Names that Chromium got after version 60 (July 2017), by kind; see the head of the file. */
const YOUNG = new Map(
  readFileSync(fileURLToPath(new URL('../../../test-data/engines/chromium-after-60.txt', import.meta.url)), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [kind = '', version = '', name = ''] = line.split(' ')
      return [`${kind} ${name}`, `${name} (${version})`] as const
    }),
)
/** What old engines do without, and why. */
const HARMLESS: Readonly<Record<string, string>> = {
  'color-scheme (81)': 'colours of form controls, of which a set shows none; the page names its own',
  'scroll-behavior (61)': 'a set scrolls at once',
  'text-underline-offset (87)': 'of links, of which a set shows none',
  'size (never)': 'of printed pages',
  'focus-visible (86)': 'a rule of its own in the shared table; what has the focus is drawn by button:focus',
  'destroy (113)': 'of hls.js, which brings it itself',
}

const young = (kind: string, names: Iterable<string>): string[] =>
  [...new Set(names)]
    .flatMap((name) => YOUNG.get(`${kind} ${name}`) ?? [])
    .filter((one) => !(one in HARMLESS))
    .sort()

/** The parts of a node of the syntax tree that bear names. */
type Parts = {
  readonly type: string
  readonly computed?: boolean
  readonly name?: string
  readonly property?: Parts
  readonly key?: Parts
  readonly id?: Parts
}

/** Names a script takes from the browser: members and globals that it does not define itself. */
function namesIn(code: string): Set<string> {
  const used = new Set<string>()
  const own = new Set<string>()
  const visit = (node: Node): void => {
    const { type, computed, property, key, id, name } = node as unknown as Parts
    const nameOf = (one: Parts | undefined) => (one && one.type === 'Identifier' ? (one.name ?? '') : '')
    if (type === 'MemberExpression' && !computed) used.add(nameOf(property))
    if (type === 'Identifier') used.add(name ?? '')
    if ((type === 'Property' || type === 'MethodDefinition') && !computed) own.add(nameOf(key))
    if (type === 'ClassDeclaration' || type === 'FunctionDeclaration' || type === 'VariableDeclarator')
      own.add(nameOf(id))
    for (const child of Object.values(node))
      for (const one of Array.isArray(child) ? child : [child])
        if (one && typeof one === 'object' && typeof one.type === 'string') visit(one as Node)
  }
  visit(parse(code, { ecmaVersion: 2018, sourceType: 'script' }))
  for (const name of own) used.delete(name)
  return used
}

/** What a style asks of the engine, without the values of variables that it never reads. */
function youngInStyle(css: string): string[] {
  const declared = [...css.matchAll(/(?<=[{;])\s*([\w-]+)\s*:\s*([^;{}]+)/g)].map(([, name = '', value = '']) => ({
    name,
    value,
  }))
  const read = new Set([...css.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name))
  const values = declared.filter(({ name }) => !name.startsWith('--') || read.has(name))
  const words = values.flatMap(({ name, value }) => (value.match(/[a-z][a-z-]*/g) ?? []).map((one) => `${name}:${one}`))
  const syntax = values.flatMap(({ value }) => [
    ...(/#(?:[0-9a-f]{8}|[0-9a-f]{4})\b/i.test(value) ? [`${value}: four-part hex (62)`] : []),
    ...(/(?:rgb|hsl)a?\([^,()]*[\d%]\s+[\d.]/.test(value) ? [`${value}: colour without commas (65)`] : []),
    ...(/\d[dsl]v(?:h|w|i|b|min|max)\b/.test(value) ? [`${value}: units of the small view (108)`] : []),
  ])
  const selectors = [...css.matchAll(/(?<=[};]|^)([^{};@]+)\{/g)].map(([, one = '']) => one)
  return [
    ...young(
      'property',
      declared.map(({ name }) => name),
    ),
    ...young('value', words),
    ...young(
      'function',
      values.flatMap(({ value }) => [...value.matchAll(/([a-z-]+)\(/g)].map(([, one = '']) => one)),
    ),
    ...young(
      'selector',
      selectors.flatMap((one) => [...one.matchAll(/:([a-z-]+)/g)].map(([, name = '']) => name)),
    ),
    ...young(
      'at-rule',
      [...css.matchAll(/@([a-z-]+)/g)].map(([, one = '']) => one),
    ),
    ...syntax,
  ]
}

let script = ''
let style = ''
beforeAll(async () => {
  const configFile = fileURLToPath(new URL('../vite.config.ts', import.meta.url))
  const built = (await build({ configFile, logLevel: 'silent', build: { write: false } })) as Rollup.RollupOutput
  for (const one of built.output) {
    if (one.type === 'chunk') script += one.code
    else if (one.fileName.endsWith('.css')) style += String(one.source)
  }
}, 120_000)

describe('what the page of a set asks of an engine of 2017', () => {
  it('is no script that came later', () => {
    expect(namesIn(script).has('localStorage'), 'the names are found').toBe(true)
    expect(young('script', namesIn(script))).toEqual([])
    const later = namesIn('list.at(-1); text.replaceAll("x", "y"); new ResizeObserver(heard)')
    expect(young('script', later)).toEqual(['ResizeObserver (64)', 'at (92)', 'replaceAll (85)'])
  })

  it('is no style that came later', () => {
    expect(style).toContain('.pairing')
    expect(youngInStyle(style)).toEqual([])
    const later = '.a:has(.b){gap:1px;width:clamp(1px,2px,3px);color:rgb(0 0 0/40%);display:contents}@layer x{}'
    expect(youngInStyle(later)).toEqual([
      'gap (84)',
      'display:contents (65)',
      'clamp (79)',
      'has (105)',
      'layer (99)',
      'rgb(0 0 0/40%): colour without commas (65)',
    ])
  })
})

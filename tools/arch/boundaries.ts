import { existsSync } from 'node:fs'
import { createRequire, registerHooks } from 'node:module'
import { pathToFileURL } from 'node:url'
import type { ICruiseResult } from 'dependency-cruiser'
import { BOUNDARY_RULES } from './boundary-rules.ts'

export type Trespass = { readonly rule: string; readonly from: string; readonly to: string }

// dependency-cruiser needs the JavaScript API of the compiler, which TypeScript 7 does not offer: whatever asks for
// `typescript` in this process gets the TypeScript 6 of this workspace.
const ownRequire = createRequire(import.meta.url)
const OWN_COMPILER = new Map(
  ['typescript', 'typescript/package.json'].map((name) => [name, pathToFileURL(ownRequire.resolve(name)).href]),
)
registerHooks({
  resolve(specifier, context, next) {
    const url = OWN_COMPILER.get(specifier)
    return url ? { url, shortCircuit: true } : next(specifier, context)
  },
})

/**
 * Every illegal import below `root` (a folder laid out like the project), sorted. Throws when the compiler could not
 * be loaded, because then no TypeScript file would be read and the answer would be falsely empty.
 */
export async function trespassesOf(root: string): Promise<{ modules: number; trespasses: Trespass[] }> {
  const { cruise, allExtensions } = await import('dependency-cruiser')
  if (!allExtensions.some(({ extension, available }) => extension === '.ts' && available)) {
    throw new Error('dependency-cruiser found no TypeScript compiler that it can use')
  }
  const folders = ['apps', 'packages', 'tools', 'e2e', 'bench'].filter((folder) => existsSync(`${root}/${folder}`))
  const { output } = await cruise(folders, {
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: BOUNDARY_RULES },
    tsPreCompilationDeps: true, // type-only imports are coupling too
    enhancedResolveOptions: {
      // Without these every import of a workspace package is unresolved and escapes.
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'browser', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css', '.node'],
    },
    doNotFollow: { path: 'node_modules' },
    // Narrow on purpose: a broad "dist" would remove kysely itself and silence sql-only-in-queries.
    exclude: { path: '^(apps|packages)/[^/]+/dist/|^tools/arch/trespass/' },
  })
  const { summary } = output as ICruiseResult
  const trespasses = summary.violations
    .map(({ rule, from, to }) => ({ rule: rule.name, from, to }))
    .sort((a, b) => `${a.rule} ${a.from}`.localeCompare(`${b.rule} ${b.from}`))
  return { modules: summary.totalCruised, trespasses }
}
